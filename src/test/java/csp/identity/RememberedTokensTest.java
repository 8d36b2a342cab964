package csp.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import csp.shared.caller.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RememberedTokensTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final RememberedTokens remembered = new RememberedTokens(new Clock() {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    private static VerifiedToken expiring(Instant expires) {
        var id = UUID.randomUUID();
        return new VerifiedToken(
                new Caller(id, id, id, null, Set.of(), false, null, null), false, false, false, expires);
    }

    @Test
    void a_token_is_found_until_it_expires() {
        var token = expiring(NOON.plusSeconds(60));
        remembered.remember("a", token);
        assertEquals(Optional.of(token), remembered.find("a"));
        assertEquals(Optional.empty(), remembered.find("b"));
        now.set(NOON.plusSeconds(61));
        assertEquals(Optional.empty(), remembered.find("a"));
    }

    @Test
    void at_most_10000_are_kept() {
        for (int i = 0; i < 12_000; i++) {
            remembered.remember("token" + i, expiring(NOON.plus(Duration.ofHours(1))));
        }
        assertTrue(remembered.size() <= 10_000 && remembered.size() > 9_000, "size " + remembered.size());
    }

    @Test
    void all_can_be_forgotten() {
        remembered.remember("a", expiring(NOON.plusSeconds(60)));
        remembered.forgetAll();
        assertEquals(Optional.empty(), remembered.find("a"));
    }
}
