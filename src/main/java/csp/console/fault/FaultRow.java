package csp.console.fault;

/** A fault that is set. */
public record FaultRow(String id, String operation, String selectors, String effect, String times) {}
