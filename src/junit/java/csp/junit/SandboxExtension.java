package csp.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Does what {@link PartnerCenterSandbox} promises. */
final class SandboxExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace SANDBOXES = Namespace.create(SandboxExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        sandboxOf(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandboxOf(context).reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var sandbox = sandboxOf(context);
        var failOn = annotationOf(context).failOn();
        if (context.getExecutionException().isPresent()) {
            System.err.printf(
                    "%n%s.%s failed.%n%nWhat it sent:%n%s%n%nWhat the real service would not have taken:%n%s%n%n",
                    context.getRequiredTestClass().getSimpleName(),
                    context.getDisplayName(),
                    orNothing(sandbox.journal()),
                    orNothing(sandbox.report("info")));
        } else if (failOn != PartnerCenterSandbox.FailOn.NOTHING) {
            var grave = sandbox.report(failOn.name().toLowerCase(Locale.ROOT));
            if (!grave.isEmpty()) {
                throw new AssertionError("The real service would not have taken this:\n" + grave + "\n\nIt was sent:\n"
                        + sandbox.journal());
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Sandbox.class || type == URI.class || type == String.class && parameter.isAnnotated(Token.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var sandbox = sandboxOf(context);
        var type = parameter.getParameter().getType();
        if (type == Sandbox.class) {
            return sandbox;
        }
        return type == URI.class
                ? sandbox.baseUrl()
                : parameter
                        .findAnnotation(Token.class)
                        .map(token -> sandbox.token(token.value()))
                        .orElseThrow();
    }

    private static Sandbox sandboxOf(ExtensionContext context) {
        var annotation = annotationOf(context);
        var settings = List.of(annotation.settings());
        var key = List.of(annotation.scenario(), settings);
        // Of the root: they outlive the class and are closed after the last one.
        return context.getRoot()
                .getStore(SANDBOXES)
                .getOrComputeIfAbsent(
                        key, absent -> Running.of(context, annotation.scenario(), settings), Running.class)
                .sandbox();
    }

    private static PartnerCenterSandbox annotationOf(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), PartnerCenterSandbox.class, context.getEnclosingTestClasses())
                .orElseThrow();
    }

    private static String orNothing(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /** A sandbox, and the process of it where that is ours. */
    private record Running(Sandbox sandbox, Optional<SandboxProcess> process) implements AutoCloseable {

        static Running of(ExtensionContext context, String scenario, List<String> settings) {
            var url = context.getConfigurationParameter("partner-center.url");
            if (url.isPresent()) {
                return new Running(
                        new Sandbox(URI.create(url.get().replaceFirst("/$", "")), SandboxProcess.OPERATOR_SECRET),
                        Optional.empty());
            }
            var service = context.getConfigurationParameter("partner-center.service")
                    .or(() -> Optional.ofNullable(System.getenv("PARTNER_CENTER_SERVICE")))
                    .orElseThrow(() -> new ExtensionConfigurationException(
                            "Where is the service? Set partner-center.service to its quarkus-app directory,"
                                    + " or partner-center.url to a sandbox that runs already."));
            var process = SandboxProcess.start(Path.of(service), located(scenario, context), settings);
            return new Running(new Sandbox(process.baseUrl(), SandboxProcess.OPERATOR_SECRET), Optional.of(process));
        }

        /** A resource is copied out, as the service reads files; it may lie in a jar. */
        private static String located(String scenario, ExtensionContext context) {
            var resource = context.getRequiredTestClass().getClassLoader().getResource(scenario);
            if (resource == null) {
                var file = Path.of(scenario);
                return Files.exists(file) ? file.toAbsolutePath().toString() : scenario;
            }
            try (var content = resource.openStream()) {
                var copy = Files.createTempFile("scenario", ".json");
                copy.toFile().deleteOnExit();
                Files.write(copy, content.readAllBytes());
                return copy.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.ifPresent(SandboxProcess::close);
        }
    }
}
