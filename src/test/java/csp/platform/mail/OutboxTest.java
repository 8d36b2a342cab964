package csp.platform.mail;

import static csp.testsupport.DemoPartner.CONTOSO;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import csp.testsupport.DemoPartner;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sandbox;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails without a mail server: in the mailbox of the sandbox as soon as their cause is committed. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxTest {

    private final String recipient = "Ana." + UUID.randomUUID() + "@contoso.example";

    @Inject
    Outbox outbox;

    @Inject
    AgroalDataSource database;

    @Test
    void a_mail_is_in_the_mailbox_as_it_read_when_its_cause_was_committed() {
        send(recipient, Map.of("name", "Ana", "topic", "a transfer"));

        mailbox("?to=" + recipient.toUpperCase(Locale.ROOT))
                .body("items", hasSize(1))
                .body("items[0].to", is(recipient))
                .body("items[0].subject", is("Hello Ana"))
                .body("items[0].text", is("Dear Ana,\n\nthis is about a transfer."))
                .body("items[0].html", is("<p>Dear Ana,</p>\n<p>this is about a transfer.</p>"))
                .body("items[0].sentAt", notNullValue());
    }

    @Test
    void a_mail_of_a_transaction_that_is_undone_was_never_written() {
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    outbox.send(new Letter(recipient, "greeting", Map.of("name", "Ana", "topic", "nothing")));
                    throw new IllegalStateException("undone");
                }));

        mailbox("?to=" + recipient).body("items", empty());
    }

    @Test
    void nothing_in_the_data_adds_a_line_to_the_subject_or_markup_to_the_page() {
        send(recipient, Map.of("name", "Ana\r\nBcc: all@contoso.example", "topic", "<script>alert(1)</script>"));

        mailbox("?to=" + recipient)
                .body("items[0].subject", is("Hello Ana Bcc: all@contoso.example"))
                .body(
                        "items[0].text",
                        is("Dear Ana\r\nBcc: all@contoso.example,\n\nthis is about <script>alert(1)</script>."))
                .body(
                        "items[0].html",
                        is("<p>Dear Ana\r\nBcc: all@contoso.example,</p>\n"
                                + "<p>this is about &lt;script&gt;alert(1)&lt;/script&gt;.</p>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\r\nBcc: all@contoso.example",
                "%s\n",
                "%s, all@contoso.example",
                "<%s>",
                "Ana %s",
                "\"Ana\"%s",
                "%s@",
                "",
                " ",
                "Ana"
            })
    void what_is_no_address_gets_no_mail_and_fails_nothing(String address) {
        var topic = UUID.randomUUID().toString();
        send(address.formatted(recipient), Map.of("name", "Ana", "topic", topic));

        assertEquals(List.of("UNDELIVERABLE"), statusesOf(topic));
        mailbox("?to=" + recipient).body("items", empty());
    }

    @Test
    void without_a_recipient_the_mailbox_has_everybody_s_mails_in_the_order_of_sending() {
        var topic = UUID.randomUUID().toString();
        send(recipient, Map.of("name", "first", "topic", topic));
        send("another." + recipient, Map.of("name", "second", "topic", topic));

        for (var everybody : List.of("", "?to=")) {
            var texts = mailbox(everybody)
                    .extract()
                    .<String>path("items.findAll { it.text.contains('%s') }.subject.join(', ')".formatted(topic));
            assertEquals("Hello first, Hello second", texts);
        }
    }

    @Test
    void a_template_that_does_not_exist_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> QuarkusTransaction.requiringNew()
                        .run(() -> outbox.send(new Letter(recipient, "no-such-template", Map.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "nobody", "%", "a b"})
    void what_is_nobody_s_address_has_no_mails(String address) {
        send(recipient, Map.of("name", "Ana", "topic", "a transfer"));
        DemoPartner.operatorCalls()
                .queryParam("to", address)
                .get("/sandbox/mailbox")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void the_mailbox_is_the_operator_s_alone() {
        CONTOSO.sendsAnything().get("/sandbox/mailbox").then().statusCode(403);
    }

    @Test
    void a_reset_empties_the_mailbox() {
        send(recipient, Map.of("name", "Ana", "topic", "the past"));
        Sandbox.reset();

        mailbox("?to=" + recipient).body("items", empty());
    }

    private void send(String to, Map<String, Object> data) {
        QuarkusTransaction.requiringNew().run(() -> outbox.send(new Letter(to, "greeting", data)));
    }

    private List<String> statusesOf(String topic) {
        try (var sql = Sql.on(database)) {
            return sql.column("select status from outgoing_mail where text_body like '%' || ? || '%'", topic);
        }
    }

    private static ValidatableResponse mailbox(String query) {
        return DemoPartner.operatorCalls()
                .get("/sandbox/mailbox" + query)
                .then()
                .statusCode(200);
    }
}
