package csp.directory.billing;

/**
 * Whom and where a customer's bills go to. Everything may be null.
 *
 * @param culture e.g. {@code en-US}
 * @param language e.g. {@code en}
 */
public record BillTo(
        String firstName,
        String lastName,
        String email,
        String culture,
        String language,
        String companyName,
        Address address) {

    /**
     * A postal address with the person to ask for.
     *
     * @param country ISO 3166 code, two letters
     */
    public record Address(
            String addressLine1,
            String addressLine2,
            String city,
            String state,
            String postalCode,
            String country,
            String region,
            String firstName,
            String lastName,
            String phoneNumber) {}
}
