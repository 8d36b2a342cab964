-- What a provider got to know of a customer's bill-to when the relationship was extended to it: a copy, which later changes do
-- not reach (lifecycle.md R33). Null for relationships made otherwise.
alter table customer_relationship add column bill_to jsonb;

-- The customer's consent to an extension, as its partner gave it to protocol (R34). Kept when the relationship ends.
create table extension_consent (
    id            uuid primary key,
    customer_id   uuid        not null references customer on delete cascade,
    provider_id   uuid        not null references partner,
    partner_id    uuid        not null references partner,
    given_by      text        not null,
    given_at      timestamptz not null,
    method        text        not null,
    recorded_by   text        not null,
    recorded_time timestamptz not null,
    constraint extension_consent_comes_first check (given_at <= recorded_time)
);
create index extension_consent_by_customer on extension_consent (customer_id);
