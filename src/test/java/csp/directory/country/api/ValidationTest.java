package csp.directory.country.api;

import static csp.testsupport.DemoPartner.CONTOSO;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import csp.testsupport.PostgresTestResource;
import csp.testsupport.RecordedShape;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, and what countries ask of them (storefront.md §9). */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ValidationTest {

    static String[] countries() {
        return Locale.getISOCountries();
    }

    @ParameterizedTest
    @CsvSource({"4 Hill Road,VerifiedShippable", "Hill Road,StreetPartial"})
    void validate_an_address_as_recorded(String line, String status) {
        var answer = CONTOSO.calls()
                .contentType("application/json")
                .body(Map.of(
                        "AddressLine1", line, "City", "Boise", "State", "id", "PostalCode", "83701", "Country", "us"))
                .post("/v1/validations/address")
                .then()
                .statusCode(200)
                .body(
                        "status",
                        is(status),
                        "originalAddress.state",
                        is("id"),
                        "suggestedAddresses[0].state",
                        is("ID"),
                        "suggestedAddresses[0].country",
                        is("US"))
                .extract()
                .asString();
        RecordedShape.file("validate-an-address." + status + ".json").assertFits(answer);
    }

    @Test
    void of_a_country_without_rules_nothing_is_known() {
        validate(address("country", "IE", "state", null, "postalCode", null))
                .statusCode(200)
                .body("status", is("NotValidated"), "suggestedAddresses", hasSize(0), "validationMessage", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "US,ID,83701",
        "US,ID,83701-1234",
        "CA,ON,K1A 0B1",
        "MX,JA,44100",
        "CN,BJ,100000",
        "DE,,10115",
        "GB,,SW1A 1AA",
        "DE,Bayern,80331"
    })
    void an_address_that_fits_its_country_is_fine(String country, String state, String postalCode) {
        validate(address("country", country, "state", state, "postalCode", postalCode))
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "US,ZZ,83701,state",
        "US,,83701,state",
        "CA,WA,K1A 0B1,state",
        "CN,XX,100000,state",
        "MX,ZZ,44100,state",
        "US,ID,8370,postalCode",
        "US,ID,,postalCode",
        "DE,,1,postalCode",
        "XX,,1,country",
        "USA,,1,country"
    })
    void an_address_that_cannot_be_is_refused_2007_naming_the_field(
            String country, String state, String postalCode, String field) {
        validate(address("country", country, "state", state, "postalCode", postalCode))
                .statusCode(400)
                .body("code", is(2007), "description", containsString(field));
    }

    @Test
    void a_city_is_wanted_2007() {
        validate(address("city", null)).statusCode(400).body("code", is(2007), "description", containsString("city"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "addressLine1 | null",
                "addressLine1 | \"\"",
                "addressLine1 | 1",
                "addressLine2 | 1",
                "city | []",
                "state | {}",
                "postalCode | 83701",
                "country | null",
                "country | 1",
                "country | \"a\\u0000b\""
            })
    void a_value_of_the_wrong_kind_is_refused_800002_by_name(String field, String value) {
        var body = "{\"addressLine1\":\"1 Road\",\"country\":\"US\"}"
                .replaceAll("\"" + field + "\":\"[^\"]*\",?", "")
                .replace("{", "{\"" + field + "\":" + value + ",")
                .replace(",}", "}")
                .replace("{}\"", "{},\"")
                .replace("{},,", "{},");
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .post("/v1/validations/address")
                .then()
                .statusCode(400)
                .body("code", is(800002), "description", allOf(containsString(field), not(containsString("csp."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{"})
    void a_body_that_is_no_object_is_refused_800002(String body) {
        CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(body)
                .post("/v1/validations/address")
                .then()
                .statusCode(400)
                .body("code", is(800002));
    }

    @Test
    void get_market_specific_validation_data_in_the_form_the_clients_read() {
        var answer = CONTOSO.calls()
                .get("/v1/countryvalidationrules/us")
                .then()
                .statusCode(200)
                .body("supportedStatesList", hasItem("WA"), "supportedStatesList.size()", is(51))
                .extract()
                .asString();
        // The recording names 51 states; one of them is enough to tell the shape.
        RecordedShape.file("get-market-specific-validation-data.json")
                .assertFits(
                        answer.replaceFirst("\"supportedStatesList\":\\[[^]]*]", "\"supportedStatesList\":[\"ID\"]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "GB", "DE", "CN"})
    void W10_the_rules_of_a_recorded_country_are_as_recorded(String country) throws IOException {
        var answer = CONTOSO.calls()
                .get("/v1/countryvalidationrules/" + country)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("X-Locale", nullValue())
                .extract();
        try (var file =
                getClass().getResourceAsStream("/recorded/sessions/GetCountryValidationRules-" + country + ".json")) {
            var recorded = (ObjectNode) new JsonMapper().readTree(file);
            recorded.putObject("attributes").put("objectType", "CountryValidationRules");
            assertEquals(recorded.toString(), answer.asString());
        }
    }

    @ParameterizedTest
    @MethodSource("countries")
    void W10_every_country_has_rules_from_maintained_data(String country) {
        var rules = CONTOSO.calls()
                .get("/v1/countryvalidationrules/" + country)
                .then()
                .statusCode(200)
                .body("iso2Code", is(country))
                .extract()
                .jsonPath();
        for (var regex : List.of("postalCodeRegex", "vatIdRegex", "phoneNumberRegex")) {
            Optional.ofNullable(rules.getString(regex)).ifPresent(Pattern::compile);
        }
        assertTrue(rules.getString("countryCallingCodesList[0]").matches("[1-9]\\d{0,2}"));
        assertTrue(rules.getString("defaultCulture").matches("[a-z]{2,3}-" + country));
        assertEquals(rules.getString("defaultCulture"), rules.getString("supportedCulturesList[0]"));
        assertEquals(rules.get("isVatIdSupported"), rules.get("vatIdRegex") != null);
    }

    @ParameterizedTest
    @CsvSource({
        "CH,41,'de,fr,it,en','de-CH,fr-CH,it-CH,en-US'",
        "CA,1,'en,fr','en-CA,fr-CA,en-US'",
        "BE,32,'nl,fr,de,en','nl-BE,fr-BE,de-BE,en-US'",
        "JP,81,'ja,en','ja-JP,en-US'",
        "AQ,672,en,'en-AQ,en-US'"
    })
    void W10_languages_and_calling_codes_are_those_of_the_country(
            String country, String callingCode, String languages, String cultures) {
        CONTOSO.calls()
                .get("/v1/countryvalidationrules/" + country)
                .then()
                .body(
                        "countryCallingCodesList",
                        is(List.of(callingCode)),
                        "supportedLanguagesList",
                        is(List.of(languages.split(","))),
                        "supportedCulturesList",
                        is(List.of(cultures.split(","))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UK", "XX", "U", "USA", "%20"})
    void W10_what_is_no_country_is_404_1000(String country) {
        CONTOSO.sendsAnything()
                .urlEncodingEnabled(false)
                .get("/v1/countryvalidationrules/" + country)
                .then()
                .statusCode(404)
                .body("code", is(1000));
    }

    private static ValidatableResponse validate(Map<String, String> address) {
        return CONTOSO.sendsAnything()
                .contentType("application/json")
                .body(address)
                .post("/v1/validations/address")
                .then();
    }

    private static Map<String, String> address(String... properties) {
        var address = new HashMap<>(Map.of(
                "addressLine1", "4 Hill Road", "city", "Boise", "state", "ID", "postalCode", "83701", "country", "US"));
        for (var i = 0; i < properties.length; i += 2) {
            address.put(properties[i], properties[i + 1]);
        }
        return address;
    }
}
