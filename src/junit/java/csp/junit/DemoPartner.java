package csp.junit;

/** The partners of the demo world, with the application of each. */
public enum DemoPartner {
    /** Direct-bill, and enrolled as indirect reseller. */
    CONTOSO(1),
    /** Indirect provider in partnership with Contoso. */
    FABRIKAM(2),
    /** Indirect provider without partnership. */
    NORTHWIND(3),
    /** Direct-bill, not enrolled. */
    LITWARE(4),
    /** Indirect provider in another region. */
    ADATUM(5);

    private final int number;

    DemoPartner(int number) {
        this.number = number;
    }

    /** Its tenant id. */
    public String tenantId() {
        return "a0000000-0000-4000-8000-" + twelveDigits();
    }

    String domain() {
        return name().toLowerCase() + ".example";
    }

    String clientId() {
        return "e0000000-0000-4000-8000-" + twelveDigits();
    }

    String secret() {
        return name().toLowerCase() + "-secret";
    }

    private String twelveDigits() {
        return "%012d".formatted(number);
    }
}
