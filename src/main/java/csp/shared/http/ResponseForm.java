package csp.shared.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the recordings of one operation print its headers (errors-and-headers.md §7). Without it: a charset and no locale. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ResponseForm {

    /** {@code X-Locale} of a successful answer; empty for none. */
    String locale() default "";

    /** Whether the content type of a successful answer names its charset; bare arrays and a few others do not. */
    boolean charset() default true;
}
