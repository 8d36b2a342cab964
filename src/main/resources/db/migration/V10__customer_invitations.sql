-- An offer to a customer (lifecycle.md R38, R40, R69): of a partner to sell directly, or of a reseller and its provider to serve
-- it together. One acceptance covers both (R41).
create table customer_invitation (
    token           text primary key,
    kind            text        not null
        constraint customer_invitation_kind_is_known check (kind in ('RESELLER', 'INDIRECT_RESELLER')),
    inviter_id      uuid        not null references partner,
    reseller_id     uuid        not null references partner,
    provider_id     uuid references partner,
    customer_email  text,
    -- Null: the draft.
    mail_text       text,
    status          text        not null
        constraint customer_invitation_status_is_known check (status in ('PENDING', 'ACCEPTED', 'WITHDRAWN')),
    created_time    timestamptz not null,
    expiration_time timestamptz not null,
    customer_id     uuid references customer on delete cascade,
    answered_time   timestamptz,
    answered_by     text,
    constraint customer_invitation_names_a_provider_when_indirect
        check ((kind = 'INDIRECT_RESELLER') = (provider_id is not null)),
    constraint customer_invitation_names_two_partners check (provider_id <> reseller_id),
    constraint customer_invitation_is_accepted_by_a_customer check ((status = 'ACCEPTED') = (customer_id is not null))
);
create index customer_invitation_by_inviter on customer_invitation (inviter_id, reseller_id, provider_id);
