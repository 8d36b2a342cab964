package csp.transfer.newcommerce;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NewCommerceTransferStatusTest {

    @Test
    void these_are_all_moves_of_a_transfer() {
        var moves = Stream.of(NewCommerceTransferStatus.values())
                .flatMap(from -> Stream.of(NewCommerceTransferStatus.values())
                        .filter(to -> from.refusalOf(to).isEmpty())
                        .map(to -> from + " -> " + to))
                .collect(joining("\n", "", "\n"));
        assertEquals("""
                PENDING -> IN_PROGRESS
                PENDING -> CANCELED
                PENDING -> REJECTED
                PENDING -> EXPIRED
                IN_PROGRESS -> COMPLETE
                IN_PROGRESS -> PARTIALLY_COMPLETE
                IN_PROGRESS -> FAILED
                """, moves);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETE", "PARTIALLY_COMPLETE", "FAILED", "CANCELED", "REJECTED", "EXPIRED"})
    void a_closed_transfer_refuses_every_move_with_900102(NewCommerceTransferStatus closed) {
        for (var to : NewCommerceTransferStatus.values()) {
            assertEquals(Optional.of(TRANSFER_NOT_PROCESSABLE), closed.refusalOf(to));
        }
    }

    @Test
    void the_spellings_are_those_of_the_wire() {
        assertEquals(
                "Pending, InProgress, Complete, PartiallyComplete, Failed, Cancel, Reject, Expired",
                Stream.of(NewCommerceTransferStatus.values())
                        .map(NewCommerceTransferStatus::wireName)
                        .collect(joining(", ")));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-04-30T18:31:41.513335Z, 2024-05-31T00:00:00Z",
        "2024-04-30T00:00:00Z, 2024-05-31T00:00:00Z",
        "2024-04-30T23:59:59.999999Z, 2024-05-31T00:00:00Z",
        "2026-02-28T12:00:00Z, 2026-03-31T00:00:00Z"
    })
    void it_expires_at_the_midnight_that_ends_the_thirtieth_day_after_its_creation(Instant created, Instant expires) {
        assertEquals(expires, NewCommerceTransfer.endOfLastDay(created));
    }
}
