package csp.platform.mail;

/** Where an outgoing mail is. */
enum MailStatus {
    /** Not delivered yet; tried again until it is, or given up. */
    WAITING,
    /** Taken by the mail server. */
    SENT,
    /** Written without a mail server to send it: only the mailbox of the sandbox shows it. */
    KEPT,
    /** Written to something that is not an address. */
    UNDELIVERABLE,
    /** Refused by the mail server for good, or given up after many tries. */
    FAILED
}
