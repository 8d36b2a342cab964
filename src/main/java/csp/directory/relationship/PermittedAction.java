package csp.directory.relationship;

import csp.shared.error.DomainException;
import java.util.Optional;

/**
 * Whether a partner may do one thing for a customer.
 *
 * @param refusal why not; empty when it may
 */
public record PermittedAction(CustomerAction action, Optional<DomainException> refusal) {}
