package csp.sandbox.scenario;

import static csp.sandbox.scenario.ScenarioJson.echo;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.List;
import java.util.Set;

/** Whether an entry of a document says of something stored what is stored of it already (design §3, merging). */
final class Difference {

    /** Entries with ids of their own: each is merged for itself. */
    private static final Set<String> MERGED_APART = Set.of(
            "users",
            "applications",
            "relationships",
            "agreements",
            "subscriptions",
            "transfers",
            "orders",
            "incentives",
            "partnershipInvitations",
            "customerInvitations",
            "extensionConsents");

    private Difference() {}

    /**
     * Only what the document gives is compared: what it leaves out may have got its value from the clock of an earlier load.
     *
     * @param what the stored thing with its id, for the message
     * @throws DomainException 409 code 800002, naming {@code what} and the property
     */
    static void refuse(String path, String what, Record given, Record stored) {
        for (var property : Shape.propertiesOf(given.getClass())) {
            var value = property.of(given);
            if (value != null && !property.secret() && !MERGED_APART.contains(property.name())) {
                compare(path + "." + property.name(), what, value, stored == null ? null : property.of(stored));
            }
        }
    }

    private static void compare(String path, String what, Object given, Object stored) {
        if (given instanceof Record entry && stored instanceof Record other) {
            refuse(path, what, entry, other);
        } else if (given instanceof List<?> list && stored instanceof List<?> others && list.size() == others.size()) {
            for (var i = 0; i < list.size(); i++) {
                compare("%s[%d]".formatted(path, i), what, list.get(i), others.get(i));
            }
        } else if (!given.equals(stored)) {
            throw conflict("%s: %s is stored with %s, not with %s."
                    .formatted(path, what, stored == null ? "none" : echo(stored), echo(given)));
        }
    }

    static DomainException conflict(String sentence) {
        return new DomainException(ErrorCode.SCENARIO_CONFLICT, sentence);
    }
}
