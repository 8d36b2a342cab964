-- A provider's offer of a partnership (lifecycle.md R22): for one reseller, or for whoever gets the link.
create table partnership_invitation (
    token           text primary key,
    provider_id     uuid        not null references partner,
    reseller_id     uuid references partner,
    email           text,
    status          text        not null constraint partnership_invitation_status_is_known
        check (status in ('PENDING', 'ACCEPTED', 'DECLINED')),
    created_time    timestamptz not null,
    expiration_time timestamptz not null,
    answered_time   timestamptz,
    answered_by     text,
    constraint partnership_invitation_is_for_another check (reseller_id <> provider_id)
);
create index partnership_invitation_by_provider on partnership_invitation (provider_id);
