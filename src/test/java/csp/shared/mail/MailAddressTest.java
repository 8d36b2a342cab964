package csp.shared.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@a.com",
                "Gena@wingtiptoys.com",
                "daniel@hotmail.com.tw",
                "test-partner@microsoft.com",
                "o'brien+csp@sub.contoso.example",
                "twice..dotted.@docomo.example",
                "user%host@relay.example",
                "root@localhost"
            })
    void an_address_is_taken(String address) {
        assertTrue(MailAddress.isOne(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ana",
                "@contoso.example",
                "ana@",
                "<ana@contoso.example>",
                "Ana <ana@contoso.example>",
                "ana@contoso.example (Ana)",
                "ana@contoso.example\r\nBcc: all@contoso.example",
                "ana@contoso.example\n",
                "ana\u0000@contoso.example",
                "an a@contoso.example",
                " ana@contoso.example",
                "ana@contoso.example ",
                "ana@home@contoso.example",
                "ana@contoso.example,bob@contoso.example",
                "ana@contoso.example;bob@contoso.example",
                "\"ana\"@contoso.example",
                "ana@[127.0.0.1]",
                "ana@contoso..example",
                "ana@-contoso.example",
                "ana@contoso.example.",
                "zoë@contoso.example",
                "ana@münchen.example",
                "ana\u200b@contoso.example"
            })
    void what_the_mailer_would_not_take_is_none(String text) {
        assertFalse(MailAddress.isOne(text));
    }

    @Test
    void an_address_has_its_greatest_length() {
        var label = "d".repeat(63);
        var domain = String.join(".", List.of(label, label, label.substring(2)));
        var longest = "a".repeat(64) + "@" + domain;

        assertEquals(MailAddress.LONGEST, longest.length());
        assertTrue(MailAddress.isOne(longest));
        assertFalse(MailAddress.isOne(longest + "d"));
        assertFalse(MailAddress.isOne("a".repeat(65) + "@contoso.example"));
        assertFalse(MailAddress.isOne("ana@" + "d".repeat(64) + ".example"));
    }
}
