package csp.commerce.agreement;

/**
 * The person of the customer who accepted.
 *
 * @param phoneNumber null when not given (R54)
 */
public record AgreementContact(String firstName, String lastName, String email, String phoneNumber) {}
