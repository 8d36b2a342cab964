package csp.platform.mail;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.platform.jobs.Jobs;
import csp.testsupport.DemoPartner;
import csp.testsupport.MailServer;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Mails with a mail server: on the wire, and in the mailbox once the server has them. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@WithTestResource(value = MailServer.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailDeliveryTest {

    MailServer server;

    @Inject
    Outbox outbox;

    @Inject
    AgroalDataSource database;

    @Inject
    Jobs jobs;

    @Inject
    Clock clock;

    private final String recipient = UUID.randomUUID() + "@contoso.example";

    @BeforeEach
    void take() {
        server.takeAgain();
    }

    @Test
    void a_mail_reaches_the_server_once_as_text_and_as_a_page_with_its_own_message_id() throws Exception {
        send(recipient, "Ana", "a transfer");
        awaitStatus("SENT");

        var mails = server.mailsTo(recipient);
        assertEquals(1, mails.size());
        var mail = mails.get(0);
        assertEquals("Hello Ana", mail.getSubject());
        assertEquals("no-reply@csp-transfer-service.example", mail.getFrom()[0].toString());
        assertEquals("<" + id() + "@csp-transfer-service>", mail.getMessageID());
        var parts = (MimeMultipart) mail.getContent();
        assertTrue(parts.getContentType().startsWith("multipart/alternative"), parts.getContentType());
        assertEquals("Dear Ana,\n\nthis is about a transfer.", text(parts.getBodyPart(0), "text/plain"));
        assertEquals("<p>Dear Ana,</p>\n<p>this is about a transfer.</p>", text(parts.getBodyPart(1), "text/html"));
        DemoPartner.operatorCalls()
                .get("/sandbox/mailbox?to=" + recipient)
                .then()
                .body("items", hasSize(1))
                .body("items[0].subject", is("Hello Ana"))
                .body("items[0].to", is(recipient));
        assertEquals(0, jobs());
    }

    @Test
    void any_script_arrives_as_it_was_written() throws Exception {
        var name = "Zoë Müller 株式会社 🚀 " + "ж".repeat(80);
        send(recipient, name, "прогресс €");
        awaitStatus("SENT");

        var mail = server.mailsTo(recipient).get(0);
        assertEquals("Hello " + name, mail.getSubject());
        assertEquals(
                "Dear " + name + ",\n\nthis is about прогресс €.",
                text(((MimeMultipart) mail.getContent()).getBodyPart(0), "text/plain"));
    }

    @Test
    void a_long_subject_is_cut_and_the_text_is_not() throws Exception {
        send(recipient, "🚀".repeat(500), "length");
        awaitStatus("SENT");

        var mail = server.mailsTo(recipient).get(0);
        assertEquals("Hello " + "🚀".repeat(113) + "…", mail.getSubject());
        assertTrue(text(((MimeMultipart) mail.getContent()).getBodyPart(0), "text/plain")
                .contains("🚀".repeat(500)));
    }

    @Test
    void line_breaks_in_the_data_become_no_header() throws Exception {
        send(recipient, "Ana\r\nBcc: evil@contoso.example\r\n\r\nInjected", "a transfer");
        awaitStatus("SENT");

        var mail = server.mailsTo(recipient).get(0);
        assertNull(mail.getHeader("Bcc"));
        assertEquals("Hello Ana Bcc: evil@contoso.example Injected", mail.getSubject());
        assertEquals(List.of(), server.mailsTo("evil@contoso.example"));
    }

    @Test
    void a_line_with_a_single_dot_does_not_end_the_mail() throws Exception {
        send(recipient, "Ana", "dots\n.\n..\nand more");
        awaitStatus("SENT");

        assertEquals(
                "Dear Ana,\n\nthis is about dots\n.\n..\nand more.",
                text(((MimeMultipart) server.mailsTo(recipient).get(0).getContent()).getBodyPart(0), "text/plain"));
    }

    @Test
    void a_mail_the_server_refuses_is_tried_again_and_is_in_the_mailbox_only_then() throws Exception {
        server.refuse();
        send(recipient, "Ana", "patience");
        try (var sql = Sql.on(database)) {
            sql.await(
                    "two failures",
                    "select count(*) from scheduled_job where task_instance = ? and consecutive_failures >= 2",
                    1,
                    id());
            assertEquals(
                    List.of("WAITING"), sql.column("select status from outgoing_mail where recipient = ?", recipient));
        }
        DemoPartner.operatorCalls()
                .get("/sandbox/mailbox?to=" + recipient)
                .then()
                .body("items", hasSize(0));

        server.takeAgain();
        awaitStatus("SENT");

        assertEquals(1, server.mailsTo(recipient).size());
    }

    @Test
    void a_mail_that_cannot_be_delivered_keeps_no_other_waiting() throws Exception {
        server.refuse();
        send("refused-" + recipient, "Ana", "patience");
        try (var sql = Sql.on(database)) {
            sql.await("a failure", """
                    select count(*) from scheduled_job join outgoing_mail on id::text = task_instance
                    where recipient = ? and consecutive_failures >= 1""", 1, "refused-" + recipient);
        }
        server.takeAgain();
        send(recipient, "Ana", "haste");
        awaitStatus("SENT");
    }

    @Test
    void a_mail_that_another_copy_is_sending_waits_for_its_end_and_is_not_sent_twice() throws Exception {
        try (var sql = Sql.on(database)) {
            sql.update("""
                    insert into outgoing_mail (id, recipient, subject, text_body, html_body, status, created, talk_until)
                    values (gen_random_uuid(), ?, 'Hello', '', '', 'WAITING', now(), clock_timestamp() + interval '1 hour')""", recipient);
            schedule();
            sql.await(
                    "a look that found the mail taken",
                    "select count(*) from scheduled_job where task_instance = ? and last_success is not null"
                            + " and consecutive_failures = 0",
                    1,
                    id());
            sql.update(
                    "update outgoing_mail set status = 'SENT', sent = now(), talk_until = null where recipient = ?",
                    recipient);
        }
        awaitStatus("SENT");

        assertEquals(List.of(), server.mailsTo(recipient));
    }

    @Test
    void a_mail_of_a_copy_that_died_while_it_talked_is_sent_by_another() throws Exception {
        try (var sql = Sql.on(database)) {
            sql.update("""
                    insert into outgoing_mail (id, recipient, subject, text_body, html_body, status, created, talk_until)
                    values (gen_random_uuid(), ?, 'Hello', 'Hello', '', 'WAITING', now(), clock_timestamp())""", recipient);
            schedule();
        }
        awaitStatus("SENT");

        assertEquals(1, server.mailsTo(recipient).size());
    }

    @Test
    void a_talk_with_a_slow_server_is_ended_at_its_limit_and_nothing_is_locked_meanwhile() throws Exception {
        server.beSlow();
        send(recipient, "Ana", "patience");
        try (var sql = Sql.on(database)) {
            sql.await(
                    "a talk",
                    "select count(*) from outgoing_mail where recipient = ? and talk_until > clock_timestamp()",
                    1,
                    recipient);
            var unlocked = sql.column("select id from outgoing_mail where recipient = ? for update nowait", recipient);
            assertEquals(List.of(id()), unlocked);
            sql.await(
                    "the end of the talk",
                    "select count(*) from scheduled_job where task_instance = ? and consecutive_failures >= 1",
                    1,
                    id());
        }
        assertTrue(server.slowTalks() >= 1, "it was talked to");

        server.takeAgain();
        awaitStatus("SENT");

        assertEquals(1, server.mailsTo(recipient).size());
        server.awaitEndOfSlowTalks();
    }

    @Test
    void a_mail_that_the_server_refuses_for_good_is_tried_once_and_the_mailbox_says_why() {
        server.knowNobody();
        send(recipient, "Ana", "nobody");
        awaitStatus("FAILED");

        DemoPartner.operatorCalls()
                .get("/sandbox/mailbox?to=" + recipient)
                .then()
                .body("items", hasSize(1))
                .body("items[0].to", is(recipient))
                .body("items[0].subject", is("Hello Ana"))
                .body("items[0]", not(hasKey("sentAt")))
                .body("items[0].failedAt", notNullValue())
                .body("items[0].failure", containsString("550 5.1.1 No such mailbox"));
    }

    @Test
    void a_mail_that_fails_again_and_again_is_given_up_and_the_mailbox_says_why() {
        server.refuse();
        send(recipient, "Ana", "hope");
        awaitStatus("FAILED");

        DemoPartner.operatorCalls()
                .get("/sandbox/mailbox?to=" + recipient)
                .then()
                .body("items", hasSize(1))
                .body("items[0].failure", startsWith("given up: "))
                .body("items[0].failure", containsString("451"));
    }

    private void schedule() {
        QuarkusTransaction.requiringNew().run(() -> jobs.schedule("mail", id(), clock.instant()));
    }

    private void send(String to, String name, String topic) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.send(new Letter(to, "greeting", Map.of("name", name, "topic", topic))));
    }

    private void awaitStatus(String status) {
        try (var sql = Sql.on(database)) {
            sql.await(
                    "the mail being " + status,
                    "select count(*) from outgoing_mail where recipient = ? and status = ?",
                    1,
                    recipient,
                    status);
            sql.await("the end of its job", """
                    select count(*) from scheduled_job join outgoing_mail on id::text = task_instance where recipient = ?""", 0, recipient);
        }
    }

    private String id() {
        try (var sql = Sql.on(database)) {
            return sql.column("select id from outgoing_mail where recipient = ?", recipient)
                    .get(0);
        }
    }

    private long jobs() {
        try (var sql = Sql.on(database)) {
            return sql.number("select count(*) from scheduled_job where task_instance = ?", id());
        }
    }

    private static String text(BodyPart part, String type) throws Exception {
        assertTrue(part.getContentType().toLowerCase().startsWith(type), part.getContentType());
        return ((String) part.getContent()).replace("\r\n", "\n");
    }
}
