package csp.onboarding.invitation;

import java.util.UUID;

/**
 * What a partner asks for.
 *
 * @param providerId given exactly for the kind with a provider
 * @param customerEmail null: the inviter sends the mail
 * @param mailText null for the draft; else with {@link InvitationLetter#PLACEHOLDER} where the link goes, or with
 *        the link of an invitation that nobody was sent
 */
public record InvitationRequest(InvitationKind kind, UUID providerId, String customerEmail, String mailText) {}
