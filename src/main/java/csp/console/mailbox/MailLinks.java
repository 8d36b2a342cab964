package csp.console.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the links of invitations in the text of a mail: they lead to portal paths, which want a token that browsers do not send. */
final class MailLinks {

    private static final Pattern INVITATION = Pattern.compile(
            "https?://[^\\s/]+/portal/v1/(partnershipInvitations|customerInvitations)/([A-Za-z0-9]+)(\\?\\S*)?");

    private MailLinks() {}

    static List<ReceivedMail.Piece> of(String text) {
        var pieces = new ArrayList<ReceivedMail.Piece>();
        var found = INVITATION.matcher(text);
        var end = 0;
        while (found.find()) {
            pieces.add(new ReceivedMail.Piece(text.substring(end, found.start()), null));
            pieces.add(
                    new ReceivedMail.Piece(found.group(), "/console/mailbox/" + found.group(1) + "/" + found.group(2)));
            end = found.end();
        }
        pieces.add(new ReceivedMail.Piece(text.substring(end), null));
        return pieces;
    }
}
