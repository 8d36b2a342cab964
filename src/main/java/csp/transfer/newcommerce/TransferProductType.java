package csp.transfer.newcommerce;

import csp.commerce.subscription.Product;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What kinds of subscriptions a new-commerce transfer moves. Names are the published ones; of the numbers 0 and 5 are recorded,
 * the rest is our reading (W63).
 */
public enum TransferProductType {
    AZURE_SUBSCRIPTION("AzureSubscription"),
    AZURE_RESERVATION("AzureReservation"),
    AZURE_SAVINGS_PLAN("AzureSavingsPlan"),
    SOFTWARE("Software"),
    SAAS("SaaS"),
    ONLINE_SERVICES_NCE("OnlineServicesNCE");

    private final String wireName;

    TransferProductType(String wireName) {
        this.wireName = wireName;
    }

    /** Empty for a legacy licence, which moves in no such transfer. */
    public static Optional<TransferProductType> of(Product product) {
        return switch (product) { // no default: whether a new product can move must be said here
            case LICENSE -> Optional.empty();
            case AZURE_PAYG, AZURE_PLAN -> Optional.of(AZURE_SUBSCRIPTION);
            case AZURE_RESERVATION -> Optional.of(AZURE_RESERVATION);
            case AZURE_SAVINGS_PLAN -> Optional.of(AZURE_SAVINGS_PLAN);
            case TERM_BASED -> Optional.of(SOFTWARE);
            case MARKETPLACE_SAAS -> Optional.of(SAAS);
            case NEW_COMMERCE_LICENSE -> Optional.of(ONLINE_SERVICES_NCE);
        };
    }

    /** By its name, in any letter case, or by its number. */
    public static Optional<TransferProductType> of(String nameOrNumber) {
        return Stream.of(values())
                .filter(type -> type.wireName.equalsIgnoreCase(nameOrNumber)
                        || Integer.toString(type.number()).equals(nameOrNumber))
                .findFirst();
    }

    /** On a line of the wire. */
    public int number() {
        return ordinal();
    }

    /** Whether it takes an Azure plan at the target (new-commerce-transfers.md §7). */
    public boolean needsAzurePlan() {
        return this == AZURE_SUBSCRIPTION || this == AZURE_RESERVATION || this == AZURE_SAVINGS_PLAN;
    }

    /** As published, and as stored. */
    @Override
    public String toString() {
        return wireName;
    }
}
