package csp.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class talk to a sandbox of the CSP transfer service.
 *
 * <p>It is started once for all classes with the same {@link #scenario} and {@link #settings}, on a free port, and ends with the JVM. Before
 * each test it goes back to its scenario; when a test fails, what it sent and what the real service would not have taken is printed.
 * Constructors and methods may ask for a {@link Sandbox}, for its base address as {@link java.net.URI}, and for a {@link Token}.
 *
 * <p>Where the service is, a JUnit configuration parameter or system property says: {@code partner-center.service} is its
 * {@code quarkus-app} directory, or the environment variable {@code PARTNER_CENTER_SERVICE} is. {@code partner-center.url} takes a sandbox that
 * runs already instead, with the scenario that it was started with.
 *
 * <p>Tests that share a sandbox must not run at the same time.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SandboxExtension.class)
public @interface PartnerCenterSandbox {

    /** The world that each test begins with: {@code demo}, {@code none}, a resource of the class path or a file. */
    String scenario() default "demo";

    /** Further settings of the service, each as {@code name=value}. */
    String[] settings() default {};

    /** From which severity on a finding of the difference report fails the test that caused it. */
    FailOn failOn() default FailOn.NOTHING;

    /** What {@link PartnerCenterSandbox#failOn} may be. */
    enum FailOn {
        ERROR,
        WARNING,
        INFO,
        NOTHING
    }
}
