package csp.identity;

import java.util.UUID;

/**
 * A client that may ask for tokens.
 *
 * @param tenantId the partner it belongs to; null for the public client, which serves every tenant
 * @param leftDirectBill whether that partner gave up direct-bill, and the API with it (lifecycle.md R16)
 */
record Application(UUID clientId, UUID tenantId, boolean leftDirectBill) {

    /** Any user may sign in through it, without a secret (design §2). */
    static final Application PUBLIC =
            new Application(UUID.fromString("e0000000-0000-4000-8000-0000000000fe"), null, false);
    /** The operator of the sandbox (design §5). It exists in no table, so no reset and no export can touch it. */
    static final Application OPERATOR =
            new Application(UUID.fromString("e0000000-0000-4000-8000-0000000000ff"), null, false);

    boolean isPublic() {
        return equals(PUBLIC);
    }
}
