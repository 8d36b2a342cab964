package csp.console.mailbox;

import csp.console.frame.Moment;
import java.util.List;

/**
 * A mail that was sent.
 *
 * @param failure why it was not; null when it was
 */
public record ReceivedMail(String to, String subject, Moment at, List<Piece> text, String failure) {

    /** @param path a page of the console where the link can be answered; null for mere text */
    public record Piece(String text, String path) {}
}
