package csp.permission;

import java.util.Optional;

import csp.customer.CustomerAction;
import csp.shared.error.DomainException;

/**
 * Whether a partner may do one thing for a customer.
 *
 * @param refusal why not; empty when it may
 */
public record PermittedAction(CustomerAction action, Optional<DomainException> refusal) {
}
