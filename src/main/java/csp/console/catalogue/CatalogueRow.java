package csp.console.catalogue;

/**
 * An error of the API.
 *
 * @param rule of docs/parity.md, empty where none is behind it
 * @param effect the fault that answers with it
 */
public record CatalogueRow(String name, int status, int code, String sentence, String rule, String effect) {}
