package csp.transfer.legacy;

import static csp.shared.error.ErrorCode.TRANSFER_NOT_FOUND;
import static csp.shared.error.ErrorCode.TRANSFER_NOT_PROCESSABLE;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LegacyTransferStatusTest {

    @Test
    void these_are_all_moves_of_a_transfer() {
        var moves = Stream.of(LegacyTransferStatus.values())
                .flatMap(from -> Stream.of(LegacyTransferStatus.values())
                        .filter(to -> from.refusalOf(to).isEmpty())
                        .map(to -> from + " -> " + to))
                .collect(joining("\n", "", "\n"));
        assertEquals("""
                ACTIVE -> COMPLETE
                ACTIVE -> PARTIALLY_COMPLETE
                ACTIVE -> REJECTED
                ACTIVE -> WITHDRAWN
                """, moves);
    }

    @Test
    void a_closed_transfer_refuses_every_move_with_900102_and_a_withdrawn_one_with_900100() {
        for (var to : LegacyTransferStatus.values()) {
            assertEquals(Optional.of(TRANSFER_NOT_PROCESSABLE), LegacyTransferStatus.COMPLETE.refusalOf(to));
            assertEquals(Optional.of(TRANSFER_NOT_PROCESSABLE), LegacyTransferStatus.PARTIALLY_COMPLETE.refusalOf(to));
            assertEquals(Optional.of(TRANSFER_NOT_PROCESSABLE), LegacyTransferStatus.REJECTED.refusalOf(to));
            assertEquals(Optional.of(TRANSFER_NOT_FOUND), LegacyTransferStatus.WITHDRAWN.refusalOf(to));
        }
    }

    @Test
    void the_spellings_are_the_recorded_ones() {
        assertEquals(
                "[Active, Complete, PartiallyComplete, Reject]",
                Stream.of(LegacyTransferStatus.values())
                        .map(LegacyTransferStatus::wireName)
                        .filter(name -> name != null)
                        .toList()
                        .toString());
    }
}
