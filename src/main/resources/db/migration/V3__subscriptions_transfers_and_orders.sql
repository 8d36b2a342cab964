create table subscription (
    id                     uuid primary key,
    customer_id            uuid        not null references customer,
    partner_id             uuid        not null references partner,
    product                text        not null
        constraint subscription_product_is_known check (product in ('LICENSE', 'AZURE_PAYG', 'AZURE_PLAN', 'AZURE_RESERVATION',
            'AZURE_SAVINGS_PLAN', 'TERM_BASED', 'MARKETPLACE_SAAS', 'NEW_COMMERCE_LICENSE')),
    offer_id               text        not null,
    offer_name             text        not null,
    friendly_name          text        not null,
    quantity               integer     not null constraint subscription_quantity_is_positive check (quantity > 0),
    billing_cycle          text        not null
        constraint subscription_billing_cycle_is_known
            check (billing_cycle in ('NONE', 'MONTHLY', 'ANNUAL', 'ONE_TIME', 'TRIENNIAL', 'BIENNIAL')),
    term_duration          text,
    status                 text        not null
        constraint subscription_status_is_known
            check (status in ('ACTIVE', 'SUSPENDED', 'DELETED', 'EXPIRED', 'PENDING', 'DISABLED')),
    sync_state             text        not null
        constraint subscription_sync_state_is_known check (sync_state in ('COMPLETE', 'NONE')),
    parent_subscription_id uuid,
    azure_subscription_id  uuid,
    partner_id_on_record   text,
    creation_date          timestamptz not null,
    commitment_end_date    timestamptz not null,
    auto_renew_enabled     boolean     not null,
    order_id               text        not null,
    -- The record at the source partner that this one continues (TR9, TR17). Unique: a subscription moves once, never twice.
    moved_from             uuid constraint subscription_moves_once unique references subscription,
    -- Set on the record that stays behind at the source partner (TR16).
    moved_away             boolean     not null default false,
    version                integer     not null constraint subscription_version_starts_at_one check (version >= 1),
    constraint subscription_id_with_customer unique (id, customer_id),
    constraint subscription_parent_is_of_the_same_customer
        foreign key (parent_subscription_id, customer_id) references subscription (id, customer_id),
    constraint subscription_is_not_its_own_parent check (parent_subscription_id <> id)
);
create index subscription_by_customer_and_partner on subscription (customer_id, partner_id, creation_date, id);
create index subscription_by_parent on subscription (parent_subscription_id) where parent_subscription_id is not null;

create table transfer (
    id                       uuid primary key,
    type                     text        not null
        constraint transfer_type_is_known check (type in ('LEGACY')),
    customer_tenant_id       uuid        not null references customer,
    source_partner_tenant_id uuid        not null references partner,
    source_partner_name      text        not null,
    target_partner_tenant_id uuid        not null references partner,
    target_partner_name      text        not null,
    status                   text        not null
        constraint transfer_status_is_known check (status in ('ACTIVE', 'COMPLETE', 'PARTIALLY_COMPLETE', 'REJECTED', 'WITHDRAWN')),
    created_time             timestamptz not null,
    last_modified_time       timestamptz not null,
    last_modified_user       uuid        not null,
    -- The lines as a reader sees them; docs/adr explains why they are one column.
    line_items               jsonb       not null
        constraint transfer_has_1_to_500_lines check (jsonb_array_length(line_items) between 1 and 500)
        constraint transfer_line_has_a_positive_quantity check (not jsonb_path_exists(line_items, '$[*] ? (@.quantity < 1)')),
    version                  integer     not null,
    constraint transfer_is_between_two_partners check (source_partner_tenant_id <> target_partner_tenant_id),
    -- The claim below refers to both columns, so that only an active transfer can hold one.
    constraint transfer_id_with_status unique (id, status),
    constraint transfer_order_belongs_to_a_completed_line
        check (not jsonb_path_exists(line_items, '$[*] ? (@.status == "Complete" && !exists(@.orderId))')
            and not jsonb_path_exists(line_items, '$[*] ? (exists(@.orderId) && (!exists(@.status) || @.status != "Complete"))')),
    constraint transfer_lines_are_open_until_it_completes
        check (status in ('COMPLETE', 'PARTIALLY_COMPLETE') or not jsonb_path_exists(line_items, '$[*].status')),
    constraint transfer_lines_are_closed_when_it_completes
        check (status not in ('COMPLETE', 'PARTIALLY_COMPLETE') or not jsonb_path_exists(line_items, '$[*] ? (!exists(@.status))')),
    constraint transfer_is_complete_when_no_line_failed
        check (status <> 'COMPLETE' or not jsonb_path_exists(line_items, '$[*] ? (@.status != "Complete")')),
    constraint transfer_failed_line_says_why
        check (not jsonb_path_exists(line_items, '$[*] ? (@.status == "Failed" && !exists(@.transferError))'))
);
create index transfer_by_customer on transfer (customer_tenant_id, created_time, id);
create index transfer_by_source on transfer (source_partner_tenant_id, customer_tenant_id);
create index transfer_by_target on transfer (target_partner_tenant_id, customer_tenant_id);
create index transfer_by_status on transfer (status);

-- A subscription in two open transfers could move twice (TR6, code 900101): one claim per subscription, add-ons included,
-- given back when the transfer closes. The foreign key spans the status, so a closed transfer can keep no claim.
create table transfer_claim (
    subscription_id uuid constraint transfer_claim_one_open_per_subscription primary key references subscription,
    transfer_id     uuid not null,
    transfer_status text not null default 'ACTIVE'
        constraint transfer_claim_ends_with_the_transfer check (transfer_status = 'ACTIVE'),
    constraint transfer_claim_is_of_an_active_transfer
        foreign key (transfer_id, transfer_status) references transfer (id, status)
);
create index transfer_claim_by_transfer on transfer_claim (transfer_id);

create table customer_order (
    id                text primary key,
    customer_id       uuid        not null references customer,
    partner_id        uuid        not null references partner,
    transfer_id       uuid references transfer,
    transfer_group_id integer,
    billing_cycle     text        not null,
    currency_code     text        not null,
    status            text        not null constraint customer_order_status_is_known check (status in ('completed', 'pending', 'cancelled')),
    transaction_type  text        not null,
    creation_date     timestamptz not null,
    line_items        jsonb       not null constraint customer_order_has_lines check (jsonb_array_length(line_items) > 0),
    version           integer     not null,
    -- Never two sets of orders for one accepted transfer (D9).
    constraint customer_order_one_per_line_group unique (transfer_id, transfer_group_id),
    constraint customer_order_names_transfer_and_group_together check (num_nonnulls(transfer_id, transfer_group_id) in (0, 2))
);
create index customer_order_by_customer_and_partner on customer_order (customer_id, partner_id, creation_date, id);
