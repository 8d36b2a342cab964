package csp.sandbox.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.sandbox.journal.JournalEntry;
import csp.sandbox.journal.JournalEntry.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CallSequenceTest {

    private static final UUID PARTNER = UUID.randomUUID();
    private static final UUID CALLER = UUID.randomUUID();
    private static final String RETRY = "ST6-retry-before-retry-after";
    private static final String NEW_ID = "ST5-retry-with-new-request-id";
    private static final String TOKEN = "token-per-call";
    private static final String POLLED = "D25-polled-not-notified";

    private final List<JournalEntry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-31T10:00:00Z");
    private Duration offset = Duration.ZERO;

    @Test
    void who_repeats_before_retry_after_is_over_does_not_wait() {
        call("GET", "/v1/customers?size=1", "listCustomers", 429, "a", 57);
        after("PT20S").call("GET", "/v1/customers?size=2", "listCustomers", 429, "b", 37);

        assertEquals(List.of(RETRY), rules());
        var finding = findings().get(0);
        assertEquals(
                "1 request, the first: GET /v1/customers after 19 of the 57 s that Retry-After told to wait.",
                finding.message());
        assertEquals(List.of("b-correlation"), finding.requests());
    }

    @Test
    void who_repeats_afterwards_has_waited() {
        call("GET", "/v1/customers", "listCustomers", 429, "a", 57);
        after("PT58S").call("GET", "/v1/customers", "listCustomers", 200, "b", null);

        assertEquals(List.of(), rules());
    }

    @Test
    void who_moves_the_clock_of_the_service_has_waited_too() {
        call("GET", "/v1/customers", "listCustomers", 429, "a", 57);
        offset = Duration.ofMinutes(1);
        after("PT1S").call("GET", "/v1/customers", "listCustomers", 200, "b", null);

        assertEquals(List.of(), rules());
    }

    @Test
    void what_was_sent_before_the_answer_came_is_no_repeat() {
        call("GET", "/v1/customers", "listCustomers", 429, "a", 57);
        after("PT0.005S").call("GET", "/v1/customers", "listCustomers", 429, "b", 57);

        assertEquals(List.of(), rules());
    }

    @Test
    void a_write_that_is_repeated_after_a_failure_keeps_its_request_id() {
        call("POST", "/v1/x", "createTransfer", 503, "a", null);
        after("PT1S").call("POST", "/v1/x", "createTransfer", 201, "a", null);
        after("PT1S").call("POST", "/v1/x", "createTransfer", 201, "b", null);
        assertEquals(List.of(), rules());

        after("PT1S").call("POST", "/v1/x", "createTransfer", null, "c", null);
        after("PT1S").call("POST", "/v1/x", "createTransfer", 201, "d", null);
        assertEquals(List.of(NEW_ID), rules());
        assertTrue(findings().get(0).message().contains("after no answer with another MS-RequestId"));
    }

    @Test
    void a_write_without_a_request_id_cannot_be_repeated() {
        call("PATCH", "/v1/x", "updateTransfer", 500, null, null);
        after("PT1S").call("PATCH", "/v1/x", "updateTransfer", 200, null, null);

        assertTrue(findings().get(0).message().contains("after 500 without an MS-RequestId"));
    }

    @Test
    void reads_other_bodies_and_later_ones_are_no_repeats_of_a_write() {
        call("GET", "/v1/x", "getTransfer", 500, "a", null);
        after("PT1S").call("GET", "/v1/x", "getTransfer", 200, "b", null);
        call("POST", "/v1/y", "createTransfer", 500, "c", null);
        after("PT6M").call("POST", "/v1/y", "createTransfer", 201, "d", null);
        call("POST", "/v1/z", "createTransfer", 500, "e", null, "one");
        after("PT1S").call("POST", "/v1/z", "createTransfer", 201, "f", null, "another");

        assertEquals(List.of(), rules());
    }

    @Test
    void a_token_for_every_call_is_found_from_the_third_on() {
        token().call("GET", "/v1/customers", "listCustomers", 200, "a", null);
        token().call("GET", "/v1/customers", "listCustomers", 200, "b", null);
        assertEquals(List.of(), rules());

        token();
        assertEquals(List.of(TOKEN), rules());
    }

    @Test
    void a_token_that_is_used_and_one_that_is_over_are_not_needless() {
        for (var i = 0; i < 5; i++) {
            token().call("GET", "/v1/customers", "listCustomers", 200, "a", null);
            call("GET", "/v1/customers", "listCustomers", 200, "b", null);
        }
        for (var i = 0; i < 5; i++) {
            after("PT61M").token().call("GET", "/v1/customers", "listCustomers", 200, "a", null);
        }

        assertEquals(List.of(), rules());
    }

    @Test
    void a_transfer_that_is_read_again_and_again_is_polled_unless_notifications_are_registered() {
        for (var i = 0; i < 4; i++) {
            after("PT10S").call("GET", "/v1/t/1", "getTransfer", 200, "a", null);
        }
        assertEquals(List.of(), rules());

        after("PT10S").call("GET", "/v1/T/1?x=1", "getTransfer", 200, "a", null);
        assertEquals(List.of(POLLED), rules());
        Collections.reverse(entries);
        assertEquals(List.of(), new CallSequence(PARTNER, entries).findings(true));
    }

    @Test
    void a_transfer_that_is_read_now_and_then_is_not_polled() {
        for (var i = 0; i < 20; i++) {
            after("PT3M").call("GET", "/v1/t/1", "getTransfer", 200, "a", null);
        }

        assertEquals(List.of(), rules());
    }

    private CallSequenceTest after(String time) {
        now = now.plus(Duration.parse(time));
        return this;
    }

    private CallSequenceTest token() {
        return after("PT1S").call("POST", "/t/oauth2/token", "requestToken", 200, null, null);
    }

    private CallSequenceTest call(
            String method, String path, String operation, Integer status, String requestId, Integer retryAfter) {
        return call(method, path, operation, status, requestId, retryAfter, "body");
    }

    /** Answered after ten milliseconds. */
    private CallSequenceTest call(
            String method,
            String path,
            String operation,
            Integer status,
            String requestId,
            Integer retryAfter,
            String body) {
        entries.add(new JournalEntry(
                entries.size(),
                now,
                now.plus(offset),
                PARTNER,
                CALLER,
                method,
                path,
                operation,
                status,
                null,
                null,
                requestId,
                requestId + "-correlation",
                10,
                retryAfter,
                null,
                List.of(),
                new Message("", body, body.length()),
                new Message("", null, 0)));
        return this;
    }

    private List<String> rules() {
        return findings().stream().map(Finding::rule).toList();
    }

    private List<Finding> findings() {
        var newestFirst = new ArrayList<>(entries);
        Collections.reverse(newestFirst);
        return new CallSequence(PARTNER, newestFirst).findings(false);
    }
}
