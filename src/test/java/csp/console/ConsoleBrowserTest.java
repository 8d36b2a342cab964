package csp.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The console in the Chromium of the machine; skipped, and told so, where there is none. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleBrowserTest {

    private static final List<String> PAGES = List.of(
            "transfers",
            "transfers/c0000000-0000-4000-8000-000000000004/70000000-0000-4000-8000-000000000001",
            "transfers/c0000000-0000-4000-8000-000000000005/70000000-0000-4000-8000-000000000003",
            "wizard",
            "readiness",
            "journal",
            "mailbox",
            "notifications",
            "faults",
            "world",
            "errors?search=9001",
            "clock");

    @TestHTTPResource("/")
    URL root;

    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void openBrowser() {
        var chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "No Chromium on this machine: the console was not looked at in a browser");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    void closeBrowser() {
        Optional.ofNullable(playwright).ifPresent(Playwright::close);
    }

    @BeforeEach
    void begin() {
        Sandbox.reset();
    }

    @Test
    void no_page_breaks_a_rule_of_accessibility_or_of_its_policy_or_asks_another_address_in_light_and_dark() {
        var wrong = new ArrayList<String>();
        try (var page = page(1280, ColorScheme.LIGHT, wrong)) {
            for (var path : PAGES) {
                page.navigate(root + "console/" + path);
                wrong.addAll(violations(path + " light", new AxeBuilder(page)));
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                // All that another scheme of colours can break.
                wrong.addAll(violations(path + " dark", new AxeBuilder(page).withRules(List.of("color-contrast"))));
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void no_page_is_wider_than_a_telephone() {
        var wide = new TreeSet<String>();
        try (var page = page(390, ColorScheme.LIGHT, new ArrayList<>())) {
            for (var path : PAGES) {
                page.navigate(root + "console/" + path);
                var width = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
                if (width > 390) {
                    wide.add(path + " is " + width + " wide");
                }
            }
        }
        assertEquals(new TreeSet<>(), wide);
    }

    @Test
    void a_transfer_is_asked_for_and_accepted_and_the_journal_of_errors_stays_empty() {
        var wrong = new ArrayList<String>();
        try (var page = page(1280, ColorScheme.LIGHT, wrong)) {
            page.navigate(root.toString());
            click(page, AriaRole.LINK, "New transfer");
            click(page, AriaRole.BUTTON, "Ask as admin@contoso.example");
            click(page, AriaRole.BUTTON, "Accept as Fabrikam Distribution");
            page.waitForURL("**/console/transfers/**");
            page.getByText("Active → Complete").waitFor();
            // Without a mouse: the first key leads past the menu.
            page.navigate(root + "console/transfers");
            page.keyboard().press("Tab");
            assertEquals("Skip to the page", page.evaluate("document.activeElement.textContent"));
        }
        assertEquals(List.of(), wrong);
    }

    private static List<String> violations(String where, AxeBuilder rules) {
        return rules.analyze().getViolations().stream()
                .flatMap(violation -> violation.getNodes().stream()
                        .map(node -> where + ": " + violation.getId() + " " + node.getHtml()))
                .toList();
    }

    private static void click(Page page, AriaRole role, String name) {
        page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** @param wrong gets what the browser complains of, and each request to another address */
    private Page page(int width, ColorScheme colours, List<String> wrong) {
        var page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(colours)
                        // Colours are measured as they are, not on their way.
                        .setReducedMotion(ReducedMotion.REDUCE))
                .newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                wrong.add(message.text());
            }
        });
        page.onPageError(wrong::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(root.toString())) {
                wrong.add("asked " + request.url());
            }
        });
        return page;
    }
}
