package csp.platform.mail;

/** A mail that the mail server did not take this time. */
class MailServerException extends RuntimeException {

    private final boolean permanent;

    /** @param permanent whether the server said that it never will */
    MailServerException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    boolean isPermanent() {
        return permanent;
    }
}
