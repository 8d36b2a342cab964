package csp.benchmark;

/**
 * The statements of each operation as the service sends them, in their order: written down from {@code log_statement = all} of a
 * service at commit 01a2ac1, which is where the figures called "today's" in issue 11 come from. They stay as they are when the
 * service learns to do with fewer, so that the floor means the same in every run. One thing differs: a list of ids is one array
 * here, the form in which PostgreSQL can keep such a statement prepared.
 */
final class Statements {

    private static final String PARTNER = """
            select tenant_id, country, currency, direct_bill, direct_bill_left, domain, former_tenant_id, indirect_provider,
                indirect_reseller, mpn_id, name, offerings, partner_agreement_signed, primary_contact, profile,
                program_account_email, csp_revenue_last_12_months
            from partner""";

    private static final String TRANSFER = """
            t.id, t.type, t.created_time, t.customer_tenant_id, t.last_modified_time, t.last_modified_user,
                t.source_partner_name, t.source_partner_tenant_id, t.status, t.target_partner_name, t.target_partner_tenant_id,
                t.version, t.line_items""";

    private static final String SUBSCRIPTION = """
            select id, auto_renew_enabled, azure_subscription_id, billing_cycle, commitment_end_date, creation_date, customer_id,
                friendly_name, moved_away, moved_from, offer_id, offer_name, order_id, parent_subscription_id, partner_id,
                partner_id_on_record, product, quantity, status, sync_state, term_duration, version
            from subscription""";

    private static final String SEEN = "select " + TRANSFER + """

            from customer c left join transfer t on t.customer_tenant_id = c.tenant_id and t.status <> 'WITHDRAWN'
                and (t.source_partner_tenant_id = ? or t.target_partner_tenant_id = ?) %s
            where c.tenant_id = ? and exists (select 1 from customer_relationship r
                where r.customer_id = c.tenant_id and r.partner_id = ?)""";

    /** Partner, partner, transfer, customer, partner. */
    static final String TRANSFER_SEEN = SEEN.formatted("and t.id = ?");

    /** Partner, partner, customer, partner. */
    static final String TRANSFERS_SEEN = SEEN.formatted("") + " order by t.created_time, t.id";

    static final String RELATIONSHIPS = """
            select customer_id, partner_id, kind, bill_to, counterpart_id, delegated_admin, via
            from customer_relationship where customer_id = ?""";

    static final String PARTNERS = PARTNER + " where tenant_id = any (?)";
    static final String RESELLERS = PARTNER + " where mpn_id = any (?)";

    static final String PARTNERSHIP =
            "select provider_id, reseller_id, state from partnership where (provider_id, reseller_id) in ((?, ?))";

    /** Customer, provider. */
    static final String AGREEMENTS = """
            select count(*) from customer_agreement where customer_id = ? and type = 'MicrosoftCustomerAgreement'
                and (method = 'DIRECT' or method = 'ATTESTATION' and partner_id = any (?))""";

    /** Customer, partner. */
    static final String SUBSCRIPTIONS_LISTED = SUBSCRIPTION + """

            where customer_id = ? and partner_id = ? and not (moved_away and product = 'AZURE_PAYG')
            order by creation_date, id""";

    /** Customer, partner, ids, ids. */
    static final String BASES_WITH_ADDONS = SUBSCRIPTION + """

            where customer_id = ? and partner_id = ? and not (moved_away and product = 'AZURE_PAYG')
                and (id = any (?) or parent_subscription_id = any (?))
            order by creation_date, id""";

    static final String SUBSCRIPTIONS_LOCKED = SUBSCRIPTION + " where id = any (?) order by id for no key update";

    static final String CLAIMS =
            "select subscription_id, transfer_id from transfer_claim where subscription_id = any (?)";

    static final String CLAIMS_LOCKED = """
            select s.id, claim.transfer_id from subscription s left join transfer_claim claim on claim.subscription_id = s.id
            where s.id = any (?) order by s.id for update of s""";

    /** Transfer, ids, ids. */
    static final String CLAIM = """
            insert into transfer_claim (subscription_id, transfer_id)
            select s.id, ? from subscription s where s.id = any (?) and not s.moved_away
            and not exists (select from subscription addon where addon.parent_subscription_id = s.id
                and addon.partner_id = s.partner_id and addon.id <> all (?)
                and not addon.moved_away and addon.status not in ('DELETED', 'EXPIRED'))
            order by s.id for update of s
            on conflict on constraint transfer_claim_one_open_per_subscription do nothing""";

    static final String CLAIMS_RELEASED = "delete from transfer_claim where transfer_id = ?";

    /** Partner, transfer. */
    static final String TRANSFER_LOCKED = """
            select t.* from transfer t join customer_relationship r
            on r.customer_id = t.customer_tenant_id and r.partner_id = ?
            where t.id = ? order by r.kind
            for no key update of t nowait for share of r""";

    /** Time, customer, time, user, source, target, lines, id. */
    static final String TRANSFER_ADDED = """
            insert into transfer (created_time, customer_tenant_id, last_modified_time, last_modified_user, source_partner_name,
                source_partner_tenant_id, status, target_partner_name, target_partner_tenant_id, version, line_items, type, id)
            values (?, ?, ?, ?, 'Contoso Direct', ?, 'ACTIVE', 'Fabrikam Distribution', ?, 0, cast(? as jsonb), 'LEGACY', ?)""";

    /** Time, customer, time, user, source, target, lines, id. */
    static final String TRANSFER_ACCEPTED = """
            update transfer set created_time = ?, customer_tenant_id = ?, last_modified_time = ?, last_modified_user = ?,
                source_partner_name = 'Contoso Direct', source_partner_tenant_id = ?, status = 'COMPLETE',
                target_partner_name = 'Fabrikam Distribution', target_partner_tenant_id = ?, version = 1,
                line_items = cast(? as jsonb)
            where id = ? and version = 0""";

    /** Time, customer, lines, target, group, transfer, id. */
    static final String ORDER_ADDED = """
            insert into customer_order (billing_cycle, creation_date, currency_code, customer_id, line_items, partner_id, status,
                transaction_type, transfer_group_id, transfer_id, version, id)
            values ('annual', ?, 'USD', ?, cast(? as jsonb), ?, 'completed', 'UserPurchase', ?, ?, 1, ?)""";

    /** End, start, customer, moved from, order, target, id. */
    static final String SUBSCRIPTION_ADDED = """
            insert into subscription (auto_renew_enabled, azure_subscription_id, billing_cycle, commitment_end_date,
                creation_date, customer_id, friendly_name, moved_away, moved_from, offer_id, offer_name, order_id,
                parent_subscription_id, partner_id, partner_id_on_record, product, quantity, status, sync_state, term_duration,
                version, id)
            values (true, null, 'ANNUAL', ?, ?, ?, 'Microsoft 365 E3', false, ?, '796B6B5F-613C-4E24-A17C-EBA730D49C02',
                'Microsoft 365 E3', ?, null, ?, '4800001', 'LICENSE', 25, 'ACTIVE', 'COMPLETE', 'P1Y', 1, ?)""";

    /** End, start, customer, order, source, id. */
    static final String SUBSCRIPTION_MOVED = """
            update subscription set auto_renew_enabled = true, azure_subscription_id = null, billing_cycle = 'ANNUAL',
                commitment_end_date = ?, creation_date = ?, customer_id = ?, friendly_name = 'Microsoft 365 E3',
                moved_away = true, moved_from = null, offer_id = '796B6B5F-613C-4E24-A17C-EBA730D49C02',
                offer_name = 'Microsoft 365 E3', order_id = ?, parent_subscription_id = null, partner_id = ?,
                partner_id_on_record = null, product = 'LICENSE', quantity = 25, status = 'SUSPENDED', sync_state = 'COMPLETE',
                term_duration = 'P1Y', version = 2
            where id = ? and version = 1""";

    /** Partner, application, time, correlation id, participants, customer, transfer, operation, old, new, event. */
    static final String AUDIT = """
            with entry as (
                insert into audit_record (partner_id, participants, customer_id, customer_name, user_principal_name,
                    application_id, resource_type, resource_id, operation_type, operation_date, correlation_id,
                    resource_old_value, resource_new_value, customized_data, event)
                select ?, cast(string_to_array(participants, ',') as uuid[]), customer, c.company_name, null, ?, type, resource,
                    operation, ?, ?, old, new, cast(details as jsonb), event
                from unnest(?, cast(? as uuid[]), array['transfer'], ?, ?, ?, ?, array[null::text], ?)
                    as change (participants, customer, type, resource, operation, old, new, details, event)
                left join customer c on c.tenant_id = customer
                returning id, participants, operation_date)
            insert into audit_participant (partner_id, operation_date, record_id)
            select unnest(participants), operation_date, id from entry
            returning operation_date, record_id""";

    /** Partner, caller, request, path, digest, time, expired. */
    static final String ANSWER_BEGUN = """
            insert into stored_answer (partner_id, caller_id, request_id, method, path, body_digest, created)
            select ?, ?, ?, 'POST', ?, ?, ?
            from (select set_config('lock_timeout', '10s', true)) as patience
            on conflict on constraint stored_answer_one_per_request do update
            set body_digest = excluded.body_digest, created = excluded.created, status = null, body = null
            where stored_answer.created <= ?""";

    /** Expired, request, status, body, partner, caller, request, path. */
    static final String ANSWER_KEPT = """
            with forgotten as (delete from stored_answer where ctid = any (array(
                select ctid from stored_answer where created <= ? and request_id <> ?
                order by created limit 10 for update skip locked)))
            update stored_answer set status = ?, body = ? where partner_id = ? and caller_id = ?
            and request_id = ? and method = 'POST' and path = ?""";

    private Statements() {}
}
