-- A company that resells: direct-bill partner, indirect reseller, indirect provider, or several of these.
create table partner (
    tenant_id                 uuid primary key,
    name                      text    not null,
    domain                    text    not null,
    mpn_id                    text,
    country                   text    not null,
    currency                  text    not null,
    csp_revenue_last_12_months bigint,
    former_tenant_id          uuid,
    direct_bill               text    not null
        constraint partner_direct_bill_is_known check (direct_bill in ('NONE', 'ACTIVE', 'RESTRICTED')),
    indirect_reseller         text    not null
        constraint partner_indirect_reseller_is_known check (indirect_reseller in ('NONE', 'SUBMITTED', 'APPROVED', 'ENROLLED')),
    indirect_provider         text    not null
        constraint partner_indirect_provider_is_known check (indirect_provider in ('NONE', 'ACTIVE', 'RESTRICTED')),
    partner_agreement_signed  boolean not null,
    primary_contact           jsonb,
    program_account_email     text
);
create unique index partner_domain_is_unique on partner (lower(domain));
create unique index partner_mpn_id_is_unique on partner (mpn_id);

create table partnership (
    provider_id uuid not null references partner,
    reseller_id uuid not null references partner,
    state       text not null constraint partnership_state_is_known check (state in ('ACTIVE')),
    primary key (provider_id, reseller_id),
    constraint partnership_is_between_two_partners check (provider_id <> reseller_id)
);
create index partnership_by_reseller on partnership (reseller_id, provider_id);

create table customer (
    tenant_id    uuid primary key,
    company_name text not null,
    domain       text not null,
    country      text not null,
    bill_to      jsonb,
    version      integer not null
);
create index customer_by_company_name on customer (lower(company_name) text_pattern_ops);
create index customer_by_domain on customer (lower(domain) text_pattern_ops);

-- A person of a partner or of a customer who may sign in.
create table user_account (
    object_id           uuid primary key,
    partner_tenant_id   uuid references partner,
    customer_tenant_id  uuid references customer,
    user_principal_name text   not null,
    password_hash       text,
    roles               text[] not null,
    constraint user_account_belongs_to_one_tenant check (num_nonnulls(partner_tenant_id, customer_tenant_id) = 1)
);
create unique index user_account_name_is_unique on user_account (lower(user_principal_name));
create index user_account_by_partner on user_account (partner_tenant_id);
create index user_account_by_customer on user_account (customer_tenant_id);

-- An app registration of a partner: the client id and secret a storefront signs in with.
create table application (
    client_id          uuid primary key,
    tenant_id          uuid not null references partner,
    client_secret_hash text
);
create index application_by_partner on application (tenant_id);

-- One key for all copies of the service and all restarts; the primary key admits a single row.
create table signing_key (
    only_row boolean primary key default true constraint signing_key_is_single check (only_row),
    jwk      text        not null,
    created  timestamptz not null
);
