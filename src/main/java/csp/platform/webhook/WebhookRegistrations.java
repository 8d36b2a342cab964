package csp.platform.webhook;

import static csp.shared.caller.Role.ADMIN_AGENT;
import static csp.shared.caller.Role.BILLING_ADMIN;
import static csp.shared.caller.Role.GLOBAL_ADMIN;
import static csp.shared.caller.Role.HELPDESK_AGENT;
import static csp.shared.caller.Role.SALES_AGENT;
import static csp.shared.error.ErrorCode.INVALID_INPUT;
import static csp.shared.error.ErrorCode.WEBHOOK_REGISTRATION_EXISTS;
import static csp.shared.error.ErrorCode.WEBHOOK_REGISTRATION_NOT_FOUND;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import csp.platform.webhook.CallbackHosts.HostRefusedException;
import csp.shared.caller.Caller;
import csp.shared.caller.Role;
import csp.shared.error.DomainException;
import csp.shared.error.Quoted;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where partners want to be notified (webhooks.md §1): one registration each. */
@ApplicationScoped
public class WebhookRegistrations {

    /** Everybody of a partner who may register, and who may look at what came of it. */
    static final Set<Role> ROLES = Set.of(GLOBAL_ADMIN, BILLING_ADMIN, ADMIN_AGENT, SALES_AGENT, HELPDESK_AGENT);

    private static final String COLUMNS = "url, events, signature_token_to_ms_signature_header";

    private final PlainSql sql;
    private final CallbackHosts hosts;

    WebhookRegistrations(PlainSql sql, CallbackHosts hosts) {
        this.sql = sql;
        this.hosts = hosts;
    }

    /** Error 900150 for a user with no role of a partner. Whoever may register may also ask what there is to register for. */
    public void requireAllowed(Caller caller) {
        caller.requireAnyOf(ROLES);
    }

    /** Errors, in this order: 900150, 404 code 1000. */
    public WebhookRegistration find(Caller caller) {
        requireAllowed(caller);
        return sql.first(
                        "select " + COLUMNS + " from webhook_registration where partner_id = ?",
                        WebhookRegistrations::registration,
                        caller.tenantId())
                .orElseThrow(() -> notFound(caller));
    }

    /**
     * The first one of the partner. Errors, in this order: 900150, those of the body, 800002 for a URL that leads nowhere, or where
     * notifications may not go, 409 code 800002 when there is one.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional(MANDATORY)
    public WebhookRegistration create(Caller caller, Supplier<WebhookRegistration> body) {
        var wanted = wanted(caller, body);
        var made = sql.update(
                "insert into webhook_registration (partner_id, " + COLUMNS
                        + ") values (?, ?, ?, ?) on conflict do nothing",
                caller.tenantId(),
                wanted.url(),
                names(wanted),
                wanted.signatureInMsHeader());
        if (made == 0) {
            throw new DomainException(WEBHOOK_REGISTRATION_EXISTS, caller.tenantId());
        }
        return wanted;
    }

    /**
     * In place of the present one, as a whole. What still waits goes to the new address. Errors, in this order: 900150, those of the body,
     * 800002 as {@link #create}, 404 code 1000 when there is none.
     *
     * @param body asked for only once the caller is known to have a right to the operation
     */
    @Transactional
    public WebhookRegistration replace(Caller caller, Supplier<WebhookRegistration> body) {
        var wanted = wanted(caller, body);
        var changed = sql.update("""
                update webhook_registration set url = ?, events = ?, signature_token_to_ms_signature_header = ?
                where partner_id = ?""", wanted.url(), names(wanted), wanted.signatureInMsHeader(), caller.tenantId());
        if (changed == 0) {
            throw notFound(caller);
        }
        return wanted;
    }

    private WebhookRegistration wanted(Caller caller, Supplier<WebhookRegistration> body) {
        requireAllowed(caller);
        var wanted = body.get();
        try {
            hosts.require(CallbackUrl.read(wanted.url()));
        } catch (IllegalArgumentException | HostRefusedException problem) {
            throw new DomainException(
                    INVALID_INPUT,
                    "WebhookUrl %s but is %s.".formatted(problem.getMessage(), Quoted.text(wanted.url())));
        }
        return wanted;
    }

    private static DomainException notFound(Caller caller) {
        return new DomainException(WEBHOOK_REGISTRATION_NOT_FOUND, caller.tenantId());
    }

    private static String[] names(WebhookRegistration registration) {
        return registration.events().stream().map(WebhookEvent::wireName).toArray(String[]::new);
    }

    private static WebhookRegistration registration(ResultSet row) throws SQLException {
        return new WebhookRegistration(
                row.getString("url"),
                Stream.of((String[]) row.getArray("events").getArray())
                        .map(name -> WebhookEvent.of(name).orElseThrow())
                        .toList(),
                row.getBoolean("signature_token_to_ms_signature_header"));
    }

    /** The registration, locked until the caller's transaction ends: one test event after the other. */
    @Transactional(MANDATORY)
    boolean lockWith(UUID partnerId, WebhookEvent event) {
        return sql.first(
                        "select ? = any (events) from webhook_registration where partner_id = ? for no key update",
                        row -> row.getBoolean(1),
                        event.wireName(),
                        partnerId)
                .orElse(false);
    }
}
