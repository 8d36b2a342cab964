package csp.commerce.agreement;

import java.time.Instant;

/**
 * That a customer accepted an agreement, when, and who of it.
 *
 * @param dateAgreed UTC
 * @param primaryContact null only for a direct acceptance that names nobody
 */
public record AgreementAcceptance(AgreementType type, Instant dateAgreed, AgreementContact primaryContact) {}
