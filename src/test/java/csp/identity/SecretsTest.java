package csp.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsTest {

    private final Secrets secrets = new Secrets();

    @Test
    void a_secret_matches_its_own_hash_and_no_other_secret_does() {
        var hash = secrets.hash("pass-Wörd✓");
        assertTrue(secrets.matches("pass-Wörd✓", hash));
        assertFalse(secrets.matches("pass-wörd✓", hash));
        assertFalse(secrets.matches("", hash));
    }

    @Test
    void two_hashes_of_one_secret_differ_and_both_match() {
        var first = secrets.hash("same");
        var second = secrets.hash("same");
        assertNotEquals(first, second);
        assertTrue(secrets.matches("same", first) && secrets.matches("same", second));
    }

    @Test
    void secrets_longer_than_72_bytes_differ_in_their_tails_too() {
        var hash = secrets.hash("x".repeat(100) + "a");
        assertTrue(secrets.matches("x".repeat(100) + "a", hash));
        assertFalse(secrets.matches("x".repeat(100) + "b", hash));
    }

    @Test
    void secrets_of_71_72_and_73_bytes_match_themselves_only() {
        for (var length : new int[] {71, 72, 73}) {
            var hash = secrets.hash("x".repeat(length));
            assertTrue(secrets.matches("x".repeat(length), hash));
            assertFalse(secrets.matches("x".repeat(length - 1), hash));
            assertFalse(secrets.matches("x".repeat(length + 1), hash));
        }
    }

    @Test
    void a_repetition_behind_a_zero_character_does_not_match() {
        assertFalse(secrets.matches("a\0a", secrets.hash("a")));
    }

    @Test
    void no_hash_or_a_malformed_one_matches_nothing() {
        for (var hash : new String[] {null, "", "plain", "$2a$08$short", "$2a$99$" + "a".repeat(53)}) {
            assertFalse(secrets.matches("plain", hash), hash);
            assertFalse(secrets.matches("", hash), hash);
        }
    }
}
