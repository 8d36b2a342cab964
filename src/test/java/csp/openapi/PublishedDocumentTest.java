package csp.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.PublishedContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the running service publishes, and what it really offers. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedDocumentTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");

    private static JsonNode file;

    @BeforeAll
    static void read() {
        file = PublishedContract.read();
    }

    @Test
    void the_service_publishes_the_file_in_json() throws IOException {
        var published = given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertSame("", file, new JsonMapper().readTree(published));
    }

    @Test
    void the_service_publishes_the_file_in_yaml() throws IOException {
        var published = given().accept("application/yaml")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertSame("", file, new YAMLMapper().readTree(published));
    }

    @Test
    void swagger_ui_shows_the_document_and_signs_in_as_contoso() {
        given().get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .body(
                        containsString("/q/openapi"),
                        containsString("e0000000-0000-4000-8000-000000000001"),
                        containsString("contoso-secret"));
    }

    @Test
    void every_resource_method_is_an_operation_of_the_same_name_and_every_operation_is_a_resource_method() {
        var offered = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("csp").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .filter(type -> !type.getPackageName().startsWith("csp.console")) // pages for people
                        .flatMap(PublishedDocumentTest::operationsOf)
                        .collect(Collectors.toCollection(TreeSet::new));
        var documented = file.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> "%s %s %s"
                                .formatted(
                                        path.getKey(),
                                        method.getKey().toUpperCase(),
                                        method.getValue().path("operationId").asText())))
                .collect(Collectors.toCollection(TreeSet::new));

        assertFalse(documented.isEmpty());
        assertEquals(String.join("\n", documented), String.join("\n", offered));
    }

    private static Stream<String> operationsOf(JavaClass resource) {
        var root = resource.getAnnotationOfType(Path.class).value();
        return resource.getMethods().stream()
                .flatMap(method -> method.getAnnotations().stream()
                        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                        .map(annotation -> {
                            var path = "/" + root + "/" + pathOf(method);
                            return "%s %s %s"
                                    .formatted(
                                            path.replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}")
                                                    .replaceAll("/{2,}", "/")
                                                    .replaceAll("(?<=.)/$", ""),
                                            annotation.getRawType().getSimpleName(),
                                            method.getName());
                        }));
    }

    private static String pathOf(JavaMethod method) {
        return method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
    }

    /** As {@code assertEquals}, but naming the place of the first difference in a document of thousands of lines. */
    private static void assertSame(String place, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            assertEquals(new TreeSet<>(keys(expected)), new TreeSet<>(keys(actual)), place);
            keys(expected).forEach(key -> assertSame(place + "/" + key, expected.get(key), actual.get(key)));
        } else if (expected.isArray() && actual.isArray()) {
            assertEquals(expected.size(), actual.size(), place);
            for (var i = 0; i < expected.size(); i++) {
                assertSame(place + "/" + i, expected.get(i), actual.get(i));
            }
        } else {
            assertEquals(expected, actual, place);
        }
    }

    private static Set<String> keys(JsonNode object) {
        return object.properties().stream().map(property -> property.getKey()).collect(Collectors.toSet());
    }
}
