package csp.onboarding.partnership;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InvitationStatusTest {

    @Test
    void R22_R23_these_are_all_moves_of_an_invitation() {
        assertEquals(
                """
                PENDING -> ACCEPTED
                PENDING -> DECLINED
                PENDING -> EXPIRED
                """,
                Stream.of(PartnershipInvitationStatus.values())
                        .flatMap(from -> Stream.of(PartnershipInvitationStatus.values())
                                .filter(from::mayBecome)
                                .map(to -> from + " -> " + to))
                        .collect(joining("\n", "", "\n")));
    }

    @Test
    void it_expires_with_the_end_of_its_thirtieth_day_and_an_answered_one_never() {
        var sent = Instant.parse("2026-01-31T10:00:00Z");
        var open = PartnershipInvitation.of(UUID.randomUUID(), null, "a@b.example", sent);
        assertEquals(PartnershipInvitationStatus.PENDING, open.statusAt(Instant.parse("2026-03-02T09:59:59.999999Z")));
        assertEquals(PartnershipInvitationStatus.EXPIRED, open.statusAt(Instant.parse("2026-03-02T10:00:00Z")));
        var declined = PartnershipInvitation.of(UUID.randomUUID(), null, "a@b.example", sent);
        declined.decline(UUID.randomUUID(), "admin@c.example", sent);
        assertEquals(PartnershipInvitationStatus.DECLINED, declined.statusAt(Instant.parse("2036-03-02T10:00:00Z")));
    }
}
