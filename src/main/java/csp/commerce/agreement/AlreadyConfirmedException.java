package csp.commerce.agreement;

import static csp.shared.error.ErrorCode.AGREEMENT_ALREADY_CONFIRMED;

import csp.shared.error.DomainException;

/**
 * The partner has confirmed the agreement with the same contact before. Its answer has a form of its own (storefront.md §5).
 */
public class AlreadyConfirmedException extends DomainException {

    AlreadyConfirmedException() {
        super(AGREEMENT_ALREADY_CONFIRMED);
    }
}
