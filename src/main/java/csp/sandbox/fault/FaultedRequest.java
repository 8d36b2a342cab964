package csp.sandbox.fault;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What faults want to know of a request.
 *
 * @param operation operationId
 * @param partner who calls; null when nobody knows
 * @param transfer that its path names, where it is a transfer's
 * @param mentions whether path, query or body name something
 */
public record FaultedRequest(String operation, UUID partner, Optional<UUID> transfer, Predicate<UUID> mentions) {}
