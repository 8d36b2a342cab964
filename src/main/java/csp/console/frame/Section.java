package csp.console.frame;

/** The parts of the console, in the order of the menu. */
public enum Section {
    TRANSFERS("Transfers", "/console/transfers"),
    WIZARD("New transfer", "/console/wizard"),
    READINESS("Readiness", "/console/readiness"),
    JOURNAL("Journal", "/console/journal"),
    MAILBOX("Mailbox", "/console/mailbox"),
    NOTIFICATIONS("Notifications", "/console/notifications"),
    FAULTS("Faults", "/console/faults"),
    WORLD("World", "/console/world"),
    ERRORS("Errors", "/console/errors");

    private final String title;
    private final String path;

    Section(String title, String path) {
        this.title = title;
        this.path = path;
    }

    public String title() {
        return title;
    }

    public String path() {
        return path;
    }
}
