package csp.directory.relationship;

import static csp.directory.relationship.CustomerRelationship.Kind.DIRECT_RESELLER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_PROVIDER;
import static csp.directory.relationship.CustomerRelationship.Kind.INDIRECT_RESELLER;

import csp.directory.relationship.CustomerRelationship.Kind;
import java.util.EnumSet;
import java.util.Set;

/** What a partner may do for a customer, by what it is to the customer: the table of lifecycle.md §6 (R42-R46). */
public enum CustomerAction {
    READ_CUSTOMER("readCustomer", "R46", EnumSet.allOf(Kind.class)),
    SEE_SUBSCRIPTIONS("seeSubscriptions", "R44", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER)),
    SEE_ORDERS("seeOrders", "R44", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER)),
    PLACE_ORDERS("placeOrders", "R43", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER)),
    BILL_CUSTOMER("billCustomer", "R44", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER)),
    ASK_PROVIDER_TO_ORDER("askProviderToOrder", "R45", EnumSet.of(INDIRECT_RESELLER)),
    MANAGE_LICENSES("manageLicenses", "R45", EnumSet.allOf(Kind.class)),
    MANAGE_USERS("manageUsers", "R45", EnumSet.allOf(Kind.class)),
    OPEN_SERVICE_REQUESTS("openServiceRequests", "R45", EnumSet.allOf(Kind.class)),
    VIEW_ANALYTICS("viewAnalytics", "R45", EnumSet.allOf(Kind.class)),
    CREATE_TRANSFER("createTransfer", "R27", EnumSet.of(DIRECT_RESELLER)),
    REMOVE_RELATIONSHIP("removeRelationship", "R44", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER)),
    ATTEST_AGREEMENT("attestAgreement", "R52", EnumSet.of(DIRECT_RESELLER, INDIRECT_PROVIDER));

    /** Spelling on the portal. */
    public final String wireName;
    /** The rule of lifecycle.md that decides. */
    public final String rule;

    private final Set<Kind> kinds;

    CustomerAction(String wireName, String rule, Set<Kind> kinds) {
        this.wireName = wireName;
        this.rule = rule;
        this.kinds = kinds;
    }

    /** Whether a partner of this kind may do it. */
    public boolean isFor(Kind kind) {
        return kinds.contains(kind);
    }

    /** Whether it takes the permissions that the customer gives with delegated administration (R35, R41). */
    public boolean needsDelegatedAdmin() {
        return this == MANAGE_LICENSES || this == MANAGE_USERS;
    }
}
