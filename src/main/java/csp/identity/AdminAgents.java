package csp.identity;

import csp.shared.caller.Role;
import csp.shared.storage.PlainSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Whom to write to at a partner: the people who may act for its customers. */
@ApplicationScoped
public class AdminAgents {

    /** However many a partner has, so many are written to. */
    private static final int MOST = 20;

    private final PlainSql sql;

    AdminAgents(PlainSql sql) {
        this.sql = sql;
    }

    /** The names with which the Admin agents of these partners sign in, which are their addresses; at most 20 each. One query. */
    public List<String> addressesOf(Collection<UUID> partnerIds) {
        return sql.list("""
                select user_principal_name from (
                    select user_principal_name, row_number() over (partition by partner_tenant_id order by user_principal_name) as place
                    from user_account where partner_tenant_id = any (?) and ? = any (roles)) agent
                where place <= ? order by user_principal_name""", row -> row.getString(1), partnerIds.toArray(UUID[]::new), Role.ADMIN_AGENT.wireName, MOST);
    }
}
