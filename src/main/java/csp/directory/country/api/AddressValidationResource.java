package csp.directory.country.api;

import static csp.shared.error.ErrorCode.ADDRESS_INVALID;
import static java.util.Locale.ROOT;

import csp.directory.country.Country;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.http.JsonFields;
import csp.shared.repeat.RepeatableRequests;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/** Whether an address can be (storefront.md §9). What is in it is checked by the rules of its country, not by a register. */
@Path("/v1/validations/address")
@Produces(MediaType.APPLICATION_JSON)
public class AddressValidationResource {

    private static final int LONGEST_LINE = 200;
    private static final int LONGEST_CODE = 50;

    private static final Pattern HOUSE_NUMBER = Pattern.compile("\\d");

    private final RepeatableRequests requests;

    AddressValidationResource(RepeatableRequests requests) {
        this.requests = requests;
    }

    record Address(
            String country, String city, String state, String addressLine1, String addressLine2, String postalCode) {}

    /**
     * @param suggestedAddresses the address in its usual spelling; empty where nothing is known of the country
     * @param status {@code VerifiedShippable}, {@code StreetPartial} without a house number, or {@code NotValidated} where
     *        nothing is known of the country
     * @param validationMessage what is incomplete
     */
    record AddressValidation(
            Address originalAddress, List<Address> suggestedAddresses, String status, String validationMessage) {}

    @POST
    public Response validateAddress(InputStream body) {
        return requests.answer(body, 200, json -> validation(read(json.get())));
    }

    private static Address read(JsonFields body) {
        return new Address(
                body.requiredText("country", LONGEST_CODE),
                body.textUnlessBlank("city", LONGEST_LINE).orElse(null),
                body.textUnlessBlank("state", LONGEST_CODE).orElse(null),
                body.requiredText("addressLine1", LONGEST_LINE),
                body.textUnlessBlank("addressLine2", LONGEST_LINE).orElse(null),
                body.textUnlessBlank("postalCode", LONGEST_CODE).orElse(null));
    }

    private static AddressValidation validation(Address address) {
        var country = Country.of(address.country()).orElseThrow(() -> invalid("country", address.country()));
        if (address.city() == null) {
            throw invalid("city", null);
        }
        if (!country.hasState(address.state())) {
            throw invalid("state", address.state());
        }
        if (!country.hasPostalCode(address.postalCode())) {
            throw invalid("postalCode", address.postalCode());
        }
        if (country.postalCodeRegex().isEmpty()) {
            return new AddressValidation(address, List.of(), "NotValidated", null);
        }
        var suggested = List.of(new Address(
                country.code(),
                address.city(),
                upper(address.state()),
                address.addressLine1(),
                address.addressLine2(),
                upper(address.postalCode())));
        return HOUSE_NUMBER.matcher(address.addressLine1()).find()
                ? new AddressValidation(address, suggested, "VerifiedShippable", null)
                : new AddressValidation(address, suggested, "StreetPartial", "addressLine1 has no house number.");
    }

    private static String upper(String code) {
        return code == null ? null : code.toUpperCase(ROOT);
    }

    private static DomainException invalid(String field, String value) {
        return new DomainException(
                ADDRESS_INVALID, field, value == null ? "is missing" : Quoted.text(value) + " cannot be");
    }
}
