-- How often a partner called within its present minute, whichever copy of the service answered. Worth nothing after a crash.
create unlogged table request_window (
    partner_id uuid        primary key,
    began      timestamptz not null,
    requests   integer     not null
);
