package csp.directory.partner;

/**
 * Which indirect providers are wanted (lifecycle.md R20, R21). Null: any.
 *
 * @param name a part of the name, in any letter case and with no wildcards
 * @param country ISO 3166 code of two capital letters
 */
public record ProviderSearch(String name, String country, Offering offering) {}
