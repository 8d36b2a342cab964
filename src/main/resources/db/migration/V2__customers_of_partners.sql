-- Which partner has which customer, and as what. An indirect provider names its reseller, a reseller its provider.
create table customer_relationship (
    customer_id     uuid    not null references customer,
    partner_id      uuid    not null references partner,
    kind            text    not null
        constraint customer_relationship_kind_is_known
            check (kind in ('DIRECT_RESELLER', 'INDIRECT_PROVIDER', 'INDIRECT_RESELLER')),
    counterpart_id  uuid references partner,
    delegated_admin boolean not null,
    via             text    not null
        constraint customer_relationship_via_is_known check (via in ('DIRECT', 'INVITATION', 'EXTENSION')),
    primary key (customer_id, partner_id, kind),
    constraint customer_relationship_counterpart_is_another check (counterpart_id <> partner_id),
    constraint customer_relationship_direct_has_no_counterpart check (kind <> 'DIRECT_RESELLER' or counterpart_id is null)
);
create index customer_relationship_by_partner on customer_relationship (partner_id, customer_id);
create index customer_relationship_by_counterpart on customer_relationship (counterpart_id, partner_id, customer_id);

create table customer_agreement (
    customer_id     uuid not null references customer,
    type            text not null
        constraint customer_agreement_type_is_known check (type in ('MicrosoftCloudAgreement', 'MicrosoftCustomerAgreement')),
    partner_id      uuid references partner,
    method          text not null constraint customer_agreement_method_is_known check (method in ('DIRECT', 'ATTESTATION')),
    date_agreed     timestamptz not null,
    primary_contact jsonb,
    constraint customer_agreement_attestation_names_its_partner check (method = 'DIRECT' or partner_id is not null)
);
create unique index customer_agreement_is_unique on customer_agreement
    (customer_id, type, coalesce(partner_id, '00000000-0000-0000-0000-000000000000'), method);
