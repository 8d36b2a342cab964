package csp.console.transfer;

/**
 * A subscription that whoever accepts may name.
 *
 * @param value id and product type, as the form sends it
 * @param reason why not; null when it may be named
 */
public record LineChoice(String value, String name, String quantity, String id, String reason) {}
