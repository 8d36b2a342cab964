package csp.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What others' pages cannot do to the console, and what its own never hold. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleSafetyTest {

    private static final List<String> PAGES = List.of(
            "transfers",
            "transfers/c0000000-0000-4000-8000-000000000004/70000000-0000-4000-8000-000000000001",
            "transfers/c0000000-0000-4000-8000-000000000005/70000000-0000-4000-8000-000000000003",
            "wizard",
            "wizard?flavour=newCommerce",
            "readiness",
            "journal",
            "journal/report",
            "mailbox",
            "notifications",
            "faults",
            "world",
            "errors",
            "clock",
            "sign-in");

    private static final String RESET = "/console/world/reset";
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"formToken\" value=\"([0-9a-f]{32})\"");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:src|href|action|hx-get|hx-post)=\"(?![/#][^/])[^\"]*\"");
    private static final Pattern SECRET = Pattern.compile(
            "(?:contoso|fabrikam|northwind|litware|adatum|alpine|coho|tailspin|fourthcoffee)-(?:password|secret)");
    private static final Pattern INLINE =
            Pattern.compile("<script(?![^>]*src=)|<style|\\sstyle=|\\son\\w+=|javascript:");

    @BeforeAll
    static void begin() {
        Sandbox.reset();
    }

    @Test
    void the_way_in_is_the_root_and_needs_no_token() {
        given().redirects().follow(false).get("/").then().statusCode(302).header("Location", is("/console"));
        given().get("/").then().statusCode(200).body(containsString("<h1>Transfers</h1>"));
    }

    @Test
    void every_page_runs_what_this_service_serves_and_nothing_else() {
        for (var page : PAGES) {
            var answer = given().get("/console/" + page);
            assertEquals(200, answer.statusCode(), page);
            assertEquals(
                    "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
                    answer.header("Content-Security-Policy"),
                    page);
            var html = answer.asString();
            assertFalse(INLINE.matcher(html).find(), page + " has inline script or style");
            var elsewhere = ELSEWHERE.matcher(html);
            assertFalse(elsewhere.find(), () -> page + " leads elsewhere: " + elsewhere.group());
        }
    }

    @Test
    void no_page_holds_a_password_a_secret_or_a_token() {
        for (var page : PAGES) {
            var html = given().get("/console/" + page).asString();
            assertFalse(SECRET.matcher(html).find(), page);
            assertThat(page, html, not(containsString("eyJ")));
        }
    }

    @Test
    void what_pages_load_is_served_by_this_service() {
        for (var file : List.of(
                "/webjars/htmx.org/dist/htmx.min.js",
                "/webjars/picocss__pico/css/pico.min.css",
                "/console/assets/console.js",
                "/console/assets/console.css",
                "/console/assets/icon.svg")) {
            given().get(file).then().statusCode(200);
        }
    }

    @Test
    void a_form_of_a_page_of_ours_is_taken() {
        post(RESET, browser(), true).then().statusCode(200).body(containsString("POST /sandbox/reset"));
    }

    @Test
    void a_form_that_another_site_posts_changes_nothing() {
        Sandbox.advanceClock("P1D");
        var before = Sandbox.export();
        for (var header : Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
                .entrySet()) {
            post(RESET, browser().header(header.getKey(), header.getValue()), true)
                    .then()
                    .statusCode(403);
        }
        post(RESET, browser().header("Origin", "null"), true).then().statusCode(403);
        post(RESET, browser().header("Sec-Fetch-Site", "same-site"), true)
                .then()
                .statusCode(403);
        assertEquals(before, Sandbox.export());
        given().get("/console/clock").then().body(containsString("24 h ahead"));
        Sandbox.releaseClock();
    }

    @Test
    void no_form_is_taken_without_the_token_of_its_page() {
        var before = Sandbox.export();
        var paths = new TreeSet<String>();
        for (var type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("csp.console")) {
            for (var method : type.getMethods()) {
                if (method.isAnnotatedWith(POST.class)) {
                    var path = type.getAnnotationOfType(Path.class).value();
                    paths.add(
                            method.isAnnotatedWith(Path.class)
                                    ? path + "/"
                                            + method.getAnnotationOfType(Path.class)
                                                    .value()
                                    : path);
                }
            }
        }
        assertTrue(paths.removeIf(path -> path.contains("/receiver/"))); // what receivers are sent changes nothing
        assertTrue(paths.size() > 12, paths::toString);
        for (var path : paths) {
            var address =
                    path.replaceAll("\\{kind:[^}]*}", "customerInvitations").replaceAll("\\{[^}]*}", "1");
            post(address, browser(), false).then().statusCode(403);
            given().redirects()
                    .follow(false)
                    .formParam("formToken", "0".repeat(32))
                    .post(address)
                    .then()
                    .statusCode(403);
        }
        assertEquals(before, Sandbox.export());
    }

    @Test
    void a_name_that_somebody_points_at_this_machine_opens_nothing() {
        given().header("Host", "rebound.example:" + RestAssured.port)
                .get("/console/transfers")
                .then()
                .statusCode(403);
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false);
    }

    private static Response post(String path, RequestSpecification browser, boolean withToken) {
        var page = given().get("/console/world");
        var token = FORM_TOKEN.matcher(page.asString());
        assertTrue(token.find());
        browser.cookies(page.getCookies());
        return withToken
                ? browser.formParam("formToken", token.group(1)).post(path)
                : browser.formParam("x", "y").post(path);
    }
}
