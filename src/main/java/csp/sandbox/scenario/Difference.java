package csp.sandbox.scenario;

import static csp.sandbox.scenario.ScenarioJson.echo;

import csp.shared.error.DomainException;
import csp.shared.error.ErrorCode;
import java.util.List;

/** Whether an entry of a document says of something stored what is stored of it already (design §3, merging). */
final class Difference {

    private Difference() {}

    /**
     * Only what the document gives is compared: what it leaves out may have got its value from the clock of an earlier load. Secrets
     * are not compared, nor entries with ids of their own.
     *
     * @param what the stored thing with its id, for the message
     * @throws DomainException 409 code 800002, naming {@code what} and the property
     */
    static void refuse(At at, String what, Entry given, Entry stored) {
        for (var property : given.shape().properties()) {
            Object value = given.get(property.name());
            if (value != null && !property.rule().isSecret() && !property.isChildren()) {
                compare(at.of(property.name()), what, value, stored.get(property.name()));
            }
        }
    }

    private static void compare(At at, String what, Object given, Object stored) {
        if (given instanceof Entry entry && stored instanceof Entry other) {
            refuse(at, what, entry, other);
        } else if (given instanceof List<?> list && stored instanceof List<?> others && list.size() == others.size()) {
            for (var i = 0; i < list.size(); i++) {
                compare(at.entry(i), what, list.get(i), others.get(i));
            }
        } else if (!given.equals(stored)) {
            throw conflict(
                    "%s: %s is stored with %s, not with %s.",
                    at, what, stored == null ? "none" : echo(stored), echo(given));
        }
    }

    static DomainException conflict(String sentence, Object... about) {
        return new DomainException(ErrorCode.SCENARIO_CONFLICT, sentence.formatted(about));
    }
}
