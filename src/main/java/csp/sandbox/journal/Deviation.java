package csp.sandbox.journal;

/**
 * One thing in a request that the published contract does not have.
 *
 * @param message which thing it is, in this request
 */
public record Deviation(DeviationRule rule, String message) {}
