package csp.console.world;

import csp.console.frame.Moment;

/** A snapshot. */
public record NamedWorld(String name, Moment taken) {}
