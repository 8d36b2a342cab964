package csp.partner;

/** A person to write to or to call. Everything may be null. */
public record Contact(String firstName, String lastName, String email, String phoneNumber) {
}
