package csp.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UserTest {

    @ParameterizedTest
    @CsvSource({
        "ana.trujillo@contoso.example,Ana,Trujillo",
        "admin@contoso.example,Admin,Contoso",
        "jan_van-der.berg@x.example,Jan,Van Der Berg",
        "nobody,Nobody,Nobody",
        "@x.example,'',X"
    })
    void names_are_read_from_the_user_principal_name(String userPrincipalName, String given, String family) {
        var user = new User(UUID.randomUUID(), UUID.randomUUID(), false, false, userPrincipalName, true, List.of());
        assertEquals(given, user.givenName());
        assertEquals(family, user.familyName());
    }
}
