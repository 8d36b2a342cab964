package csp.shared.caller;

import static csp.shared.error.ErrorCode.APP_ONLY_NOT_SUPPORTED;
import static csp.shared.error.ErrorCode.CUSTOMERS_USER_ONLY;
import static csp.shared.error.ErrorCode.CUSTOMER_USER_REFUSED;
import static csp.shared.error.ErrorCode.INSUFFICIENT_ROLE;
import static csp.shared.error.ErrorCode.OTHER_CUSTOMERS_USER;
import static java.util.stream.Collectors.joining;

import csp.shared.error.DomainException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, as the verified token says (identity.md §4, §6).
 *
 * @param tenantId the partner ({@code tid}), or the customer of a customer's user; null for the sandbox operator
 * @param id object id of the user, or the client id of the application for an app-only token: {@code lastModifiedUser} (D4)
 * @param applicationId client id the token was issued to ({@code appid})
 * @param userPrincipalName {@code upn}; null for an app-only token
 * @param roles the user's roles; empty for an app-only token
 * @param ofCustomer whether the caller is a user of a customer, not of a partner
 * @param operation operationId of what is called, for refusals to name it; null until the resource is matched
 * @param correlationId of the request, for audit records; null until the resource is matched
 */
public record Caller(
        UUID tenantId,
        UUID id,
        UUID applicationId,
        String userPrincipalName,
        Set<Role> roles,
        boolean ofCustomer,
        String operation,
        String correlationId) {

    /** The same caller, of this request. */
    public Caller calling(String operationId, String correlation) {
        return new Caller(tenantId, id, applicationId, userPrincipalName, roles, ofCustomer, operationId, correlation);
    }

    /** True for an application without a user, which is fully entitled wherever app-only is supported (D4). */
    public boolean isAppOnly() {
        return userPrincipalName == null;
    }

    /** Error 900150 when a user has none of the roles; an app-only caller passes (D4). */
    public void requireAnyOf(Collection<Role> allowed) {
        if (!isAnyOf(allowed)) {
            throw new DomainException(INSUFFICIENT_ROLE, roleNames(), operation);
        }
    }

    /** Whether the caller passes {@link #requireAnyOf}. */
    public boolean isAnyOf(Collection<Role> allowed) {
        return isAppOnly() || !Collections.disjoint(roles, allowed);
    }

    /** Error 900329 when no user is signed in (identity.md §4). */
    public void requireUser() {
        if (isAppOnly()) {
            throw new DomainException(APP_ONLY_NOT_SUPPORTED, operation);
        }
    }

    /** Error 2032 when a customer's user is signed in: most of the portal is for partners (design §1). */
    public void requirePartner() {
        if (ofCustomer) {
            throw new DomainException(CUSTOMER_USER_REFUSED, operation);
        }
    }

    /** For what a person of a partner does, in one of these roles. Errors, in this order: 900329, 2032, 900150. */
    public void requirePartnerUser(Collection<Role> allowed) {
        requireUser();
        requirePartner();
        requireAnyOf(allowed);
    }

    /** Error 2032 for anybody but a user of this customer. */
    public void requireUserOf(UUID customerId) {
        if (!ofCustomer) {
            throw new DomainException(CUSTOMERS_USER_ONLY, operation);
        }
        if (!tenantId.equals(customerId)) {
            throw new DomainException(OTHER_CUSTOMERS_USER, tenantId, operation, customerId);
        }
    }

    /** As refusals name them. */
    public String roleNames() {
        return roles.isEmpty()
                ? "none"
                : roles.stream().sorted().map(role -> role.wireName).collect(joining(", "));
    }
}
