package csp.console.frame;

import java.util.List;

/**
 * What surrounds every page.
 *
 * @param section null outside the menu
 * @param identity null in an empty world, or before the operator has signed in
 * @param world null before the operator has signed in
 * @param clock what the service's clock says
 * @param shift how far that is from the machine's; null when it is not
 * @param formToken for every form
 * @param calls what was done to come here, first to last
 * @param notice null when there is none
 * @param isLocked whether the identity cannot sign in before the reader has given its secret
 * @param visit tells this page from the one before, for whoever waits for it
 */
public record Frame(
        String title,
        Section section,
        Identity identity,
        Tenant tenant,
        KnownWorld world,
        Moment clock,
        String shift,
        String formToken,
        List<Call> calls,
        String notice,
        boolean isLocked,
        String visit) {

    public Section[] sections() {
        return Section.values();
    }

    public boolean isEntered() {
        return world != null;
    }

    /** Whether everything that was done was taken. */
    public boolean isDone() {
        return calls.stream().allMatch(Call::succeeded);
    }
}
