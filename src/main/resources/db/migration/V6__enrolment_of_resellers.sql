-- What a provider offers to its resellers besides billing (lifecycle.md R21).
alter table partner add column offerings jsonb not null default '[]';
-- Since when a partner that was direct-bill is one no more (R16); null for all others.
alter table partner add column direct_bill_left timestamptz;

-- The form a direct-bill partner fills in to become an indirect reseller, and when which step happened. How far it is stands
-- with the partner's programmes. One per partner: the tenant stays the same (R6).
create table enrolment (
    partner_id      uuid primary key references partner,
    primary_contact jsonb,
    started_time    timestamptz not null,
    submitted_time  timestamptz,
    approval_due    timestamptz,
    approved_time   timestamptz,
    activated_time  timestamptz,
    activated_by    text,
    constraint enrolment_is_submitted_with_a_contact check (submitted_time is null or primary_contact is not null)
);

-- Whether a partner that leaves direct-bill has subscriptions left (R58).
create index subscription_by_partner on subscription (partner_id) where not moved_away;
