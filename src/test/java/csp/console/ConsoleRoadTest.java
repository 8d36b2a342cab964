package csp.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.htmlunit.BrowserVersion;
import org.htmlunit.WebClient;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.WebResponseData;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebConnectionWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A person with a mouse: clicks and choices, and nothing typed. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleRoadTest {

    private static final String INVITATION = "//a[contains(@href, '/console/mailbox/partnershipInvitations/')]";

    @TestHTTPResource("/")
    URL root;

    private WebClient client;

    @BeforeEach
    void open() {
        Sandbox.reset();
        client = new WebClient(BrowserVersion.CHROME);
        client.getOptions().setCssEnabled(false);
        client.getOptions().setThrowExceptionOnScriptError(true);
        new ReadableScripts(client);
    }

    @AfterEach
    void close() {
        client.close();
        Sandbox.reset();
    }

    @Test
    void the_whole_road_from_direct_bill_partner_to_completed_transfer_takes_clicks_alone() throws IOException {
        client.getPage(root);
        assertEquals("Transfers", heading());
        click(link("World"));
        click(button("Add them"));
        become("admin@tailspin.example");
        click(link("Readiness"));
        choose("provider", "Fourth Coffee Distribution");
        assertThat(text(), containsString("not ready"));
        click(button("Enrol as indirect reseller"));
        click(button("Have the provider invite, and accept"));
        click(button("Extend the relationship to the provider"));
        click(button("Provider attests the agreement"));
        assertThat(text(), not(containsString("not ready")));
        click(link("transfer"));
        click(button("Ask as admin@tailspin.example"));
        click(button("Accept as Fourth Coffee Distribution"));
        assertEquals("Transfer of Lucerne Publishing", heading());
        var status = JsonPath.from(Sandbox.export())
                .<List<String>>get(
                        "customers.findAll { it.companyName == 'Lucerne Publishing' }.transfers.flatten().status");
        assertEquals(List.of("Complete"), status);
        assertThat(text(), containsString("Active → Complete"));
    }

    @Test
    void a_transfer_of_new_commerce_is_asked_for_by_its_target_and_accepted_by_its_source() throws IOException {
        client.getPage(root);
        become("admin@litware.example");
        click(link("Coho Winery"));
        assertThat(text(), containsString("You, admin@litware.example, may not"));
        click(button("Accept as admin@litware.example"));
        await(() -> {
            click(link("Transfers"));
            click(link("Coho Winery"));
            return text().contains("→ Complete");
        });
        assertThat(text(), containsString("Code 900102"));
    }

    @Test
    void what_the_API_refuses_is_refused_here_with_its_code_and_leaves_everything_as_it_was() throws IOException {
        client.getPage(root);
        become("help@contoso.example");
        click(link("Wide World Importers"));
        var before = Sandbox.export();
        click(button("Withdraw as help@contoso.example"));
        assertThat(text(), containsString("Code 900150."));
        assertEquals(before, Sandbox.export());
    }

    @Test
    void an_action_is_shown_as_a_curl_line_that_names_no_secret() throws IOException {
        client.getPage(root);
        click(link("Wide World Importers"));
        click(button("Reject as admin@fabrikam.example"));
        var line = first("//pre/code[starts-with(., 'curl -s -X PATCH')]").getTextContent();
        assertThat(line, containsString("/v1/customers/c0000000-0000-4000-8000-000000000004/transfers/"));
        assertThat(line, containsString("\"Authorization: Bearer $FABRIKAM\""));
        assertThat(read(() -> page().asXml()), not(containsString("fabrikam-password")));
    }

    @Test
    void a_fault_is_set_met_understood_and_over_and_the_looks_of_pages_use_up_none() throws IOException {
        client.getPage(root);
        click(link("Faults"));
        choose("effect", "500, code 900103");
        click(button("Set the fault"));
        assertThat(text(), containsString("acceptTransfer"));
        click(link("Transfers"));
        click(link("Wide World Importers"));
        click(button("Accept as admin@fabrikam.example"));
        assertThat(text(), containsString("Code 900103. The order of the transfer failed."));
        click(button("Accept as admin@fabrikam.example"));
        assertThat(text(), containsString("Active → Complete"));
        click(link("Faults"));
        choose("operation", "getTransfer");
        choose("effect", "500, code 900103");
        click(button("Set the fault"));
        click(link("Transfers"));
        click(link("Wide World Importers"));
        click(link("Faults"));
        var left = first("//tr[th[contains(., 'getTransfer')]]/td[3]");
        assertEquals("1", left.getTextContent().strip());
    }

    @Test
    void the_journal_has_what_a_person_does_and_not_what_pages_look_at_and_repeats_it() throws IOException {
        client.getPage(root);
        click(link("Wide World Importers"));
        click(button("Reject as admin@fabrikam.example"));
        click(link("Journal"));
        assertEquals(1, (int)
                read(() -> page().getByXPath("//div[@id='entries']//tbody/tr").size()));
        click(link("updateTransfer"));
        click(button("Repeat it"));
        assertThat(text(), containsString("Code 900102."));
    }

    @Test
    void a_snapshot_is_taken_and_gone_back_to() throws IOException {
        client.getPage(root);
        click(link("World"));
        var name = (HtmlInput) first("//input[@name='name']");
        name.setValue("before");
        click(button("Take a snapshot"));
        click(link("Transfers"));
        click(link("Wide World Importers"));
        click(button("Reject as admin@fabrikam.example"));
        click(link("World"));
        click(button("Show what differs"));
        assertThat(text(), containsString("properties differ"));
        assertThat(text(), containsString("status"));
        click(link("World"));
        click(button("Go back"));
        click(link("Transfers"));
        click(link("Wide World Importers"));
        assertThat(text(), containsString("Reject as admin@fabrikam.example"));
    }

    @Test
    void the_clock_moves_from_every_page_and_says_so() throws IOException {
        client.getPage(root);
        click(button("+30 days"));
        assertEquals("Clock", heading());
        assertThat(text(), containsString("30 days ahead"));
        click(button("real time"));
        assertThat(text(), not(containsString("30 days ahead")));
    }

    @Test
    void the_link_in_a_mail_leads_to_an_invitation_that_its_reader_can_accept() throws IOException {
        client.getPage(root);
        click(link("World"));
        click(button("Add them"));
        become("admin@tailspin.example");
        click(link("Readiness"));
        choose("provider", "Fourth Coffee Distribution");
        click(button("Enrol as indirect reseller"));
        click(button("Have the provider invite, and accept"));
        await(() -> {
            click(link("Mailbox"));
            return first(INVITATION) != null;
        });
        var invitation = first(INVITATION);
        click(invitation);
        assertEquals("Invitation", heading());
        assertThat(text(), containsString("\"status\" : \"accepted\""));
    }

    private void become(String login) {
        choose("identity", login);
    }

    /** A choice that is sent at once when it is another one. */
    private void choose(String name, String label) {
        var select = (HtmlSelect) first("//select[@name='" + name + "']");
        var option = select.getOptions().stream()
                .filter(known -> known.getText().contains(label))
                .findFirst()
                .orElseThrow();
        if (!select.hasAttribute("data-submit")) {
            select.setSelectedAttribute(option, true);
        } else if (!option.isSelected()) {
            toAnotherPage(() -> select.setSelectedAttribute(option, true));
        }
    }

    /** HtmlUnit cannot read the spread arguments of two calls in htmx; it gets the same calls in the older form. */
    private static final class ReadableScripts extends WebConnectionWrapper {

        private ReadableScripts(WebClient client) {
            super(client);
        }

        @Override
        public WebResponse getResponse(WebRequest request) throws IOException {
            var response = super.getResponse(request);
            if (!request.getUrl().getPath().endsWith("htmx.min.js")) {
                return response;
            }
            var script =
                    response.getContentAsString(UTF_8).replaceAll("(\\w+)\\.push\\(\\.\\.\\.", "$1.push.apply($1,");
            return new WebResponse(
                    new WebResponseData(
                            script.getBytes(UTF_8),
                            response.getStatusCode(),
                            response.getStatusMessage(),
                            List.of(new NameValuePair("Content-Type", "text/javascript;charset=UTF-8"))),
                    request,
                    response.getLoadTime());
        }
    }

    /** Jobs and mails take a moment. */
    private static void await(Callable<Boolean> condition) {
        await(condition, () -> null);
    }

    private static void await(Callable<Boolean> condition, Callable<?> first) {
        try {
            first.call();
            var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!condition.call()) {
                assertTrue(System.nanoTime() < end, "It did not happen in time");
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HtmlElement link(String text) {
        return element("//a[normalize-space(.)='" + text + "']", text);
    }

    private HtmlElement button(String text) {
        return element("//button[normalize-space(.)='" + text + "' and not(@disabled)]", text);
    }

    private HtmlElement element(String path, String text) {
        var found = first(path);
        assertTrue(found != null, () -> "There is no '" + text + "' on the page:\n" + text());
        return found;
    }

    private void click(DomElement element) {
        toAnotherPage(element::click);
    }

    /** Until the page is there that the action leads to, whichever way it comes. */
    private void toAnotherPage(Callable<?> action) {
        var before = visit();
        await(
                () -> {
                    if (visit().equals(before)) {
                        client.waitForBackgroundJavaScript(50);
                    }
                    return !visit().equals(before) && !visit().isEmpty();
                },
                action);
    }

    private String visit() {
        var main = first("//main");
        return main == null ? "" : main.getAttribute("data-visit");
    }

    /** Null when there is none. */
    private HtmlElement first(String path) {
        return read(() -> page().getFirstByXPath(path));
    }

    /** Scripts change the page in a thread of their own, and hold the page while they do. */
    private <T> T read(Supplier<T> look) {
        synchronized (page()) {
            return look.get();
        }
    }

    private HtmlPage page() {
        return (HtmlPage) client.getCurrentWindow().getEnclosedPage();
    }

    private String heading() {
        return first("//h1").getTextContent().strip();
    }

    private String text() {
        return read(() -> page().getBody().getTextContent()).replaceAll("\\s+", " ");
    }
}
