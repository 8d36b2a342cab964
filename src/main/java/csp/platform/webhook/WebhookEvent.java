package csp.platform.webhook;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The events that a partner can register for (webhooks.md §2, §6), in the order in which they are listed. */
public enum WebhookEvent {
    AZURE_FRAUD_EVENT_DETECTED("azure-fraud-event-detected"),
    COMPLETE_TRANSFER("complete-transfer"),
    CREATE_TRANSFER("create-transfer"),
    DAP_ADMIN_RELATIONSHIP_APPROVED("dap-admin-relationship-approved"),
    DAP_ADMIN_RELATIONSHIP_TERMINATED("dap-admin-relationship-terminated"),
    DAP_ADMIN_RELATIONSHIP_TERMINATED_BY_MICROSOFT("dap-admin-relationship-terminated-by-microsoft"),
    EXPIRE_TRANSFER("expire-transfer"),
    FAIL_TRANSFER("fail-transfer"),
    GRANULAR_ADMIN_ACCESS_ASSIGNMENT_ACTIVATED("granular-admin-access-assignment-activated"),
    GRANULAR_ADMIN_ACCESS_ASSIGNMENT_CREATED("granular-admin-access-assignment-created"),
    GRANULAR_ADMIN_ACCESS_ASSIGNMENT_DELETED("granular-admin-access-assignment-deleted"),
    GRANULAR_ADMIN_ACCESS_ASSIGNMENT_UPDATED("granular-admin-access-assignment-updated"),
    GRANULAR_ADMIN_RELATIONSHIP_ACTIVATED("granular-admin-relationship-activated"),
    GRANULAR_ADMIN_RELATIONSHIP_APPROVED("granular-admin-relationship-approved"),
    GRANULAR_ADMIN_RELATIONSHIP_EXPIRED("granular-admin-relationship-expired"),
    GRANULAR_ADMIN_RELATIONSHIP_TERMINATED("granular-admin-relationship-terminated"),
    INDIRECT_RESELLER_RELATIONSHIP_ACCEPTED_BY_CUSTOMER("indirect-reseller-relationship-accepted-by-customer"),
    INVOICE_READY("invoice-ready"),
    NEW_COMMERCE_MIGRATION_COMPLETED("new-commerce-migration-completed"),
    NEW_COMMERCE_MIGRATION_CREATED("new-commerce-migration-created"),
    NEW_COMMERCE_MIGRATION_FAILED("new-commerce-migration-failed"),
    NEW_COMMERCE_MIGRATION_SCHEDULE_FAILED("new-commerce-migration-schedule-failed"),
    REFERRAL_CREATED("referral-created"),
    REFERRAL_UPDATED("referral-updated"),
    RELATED_REFERRAL_CREATED("related-referral-created"),
    RELATED_REFERRAL_UPDATED("related-referral-updated"),
    RESELLER_RELATIONSHIP_ACCEPTED_BY_CUSTOMER("reseller-relationship-accepted-by-customer"),
    SUBSCRIPTION_UPDATED("subscription-updated"),
    TEST_CREATED("test-created"),
    UPDATE_TRANSFER("update-transfer"),
    USAGERECORDS_THRESHOLD_EXCEEDED("usagerecords-thresholdExceeded");

    private final String wireName;

    WebhookEvent(String wireName) {
        this.wireName = wireName;
    }

    /** {@code EventName}, and the name in a registration. */
    public String wireName() {
        return wireName;
    }

    /** How the id of an audit record names it: lower case, without separators (webhooks.md §6). */
    public String auditName() {
        return wireName.replace("-", "");
    }

    /** The event of this name in any letter case; empty when there is none. */
    public static Optional<WebhookEvent> of(String name) {
        return Stream.of(values())
                .filter(event -> event.wireName.equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names. */
    public static List<String> wireNames() {
        return Stream.of(values()).map(WebhookEvent::wireName).toList();
    }
}
