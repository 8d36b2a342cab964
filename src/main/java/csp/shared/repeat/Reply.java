package csp.shared.repeat;

/** What an operation answers when its status depends on what it did. */
public record Reply(int status, Object body) {}
