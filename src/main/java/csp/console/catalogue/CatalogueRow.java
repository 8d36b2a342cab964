package csp.console.catalogue;

/** @param effect the fault that answers with it */
public record CatalogueRow(String name, int status, int code, String sentence, String effect) {}
