package csp.console.transfer;

import csp.console.frame.Moment;

/**
 * A transfer in the list.
 *
 * @param isOpen whether somebody is still to answer it
 */
public record TransferRow(
        String path,
        String customer,
        String source,
        String target,
        String flavour,
        String status,
        boolean isOpen,
        Moment created,
        String createdTime) {}
