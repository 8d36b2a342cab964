-- The last requests of each partner, for the journal of the sandbox (docs/adr/0025-journal-and-report.md). Unlogged: after a crash of the
-- database it begins anew, which is little for what it saves. No partner is referred to: who asked may be gone, or never have been there.
create unlogged table journal_entry (
    id               bigint generated always as identity primary key,
    received         timestamptz not null,
    at               timestamptz not null,
    partner_id       uuid,
    caller_id        uuid,
    method           text        not null,
    path             text        not null,
    operation        text,
    status           integer,
    code             integer,
    rule             text,
    request_id       text,
    correlation_id   text        not null,
    milliseconds     integer     not null,
    retry_after      integer,
    fault            text,
    deviations       text        not null,
    request_headers  text        not null,
    request_body     text,
    request_bytes    integer     not null,
    response_headers text        not null,
    response_body    text,
    response_bytes   integer     not null,
    size             integer     not null
);
comment on column journal_entry.received is 'by the clock of the machine, in whose order entries are listed; "at" is the time of the service';
comment on column journal_entry.size is 'characters of all texts of the row, of which a partner has so many';
create index journal_entry_by_partner on journal_entry (partner_id, received desc, id desc);
create index journal_entry_in_order on journal_entry (received desc, id desc);

-- Since when it is kept: what another copy received before a reset and writes after it is not written. No row: since ever.
create table journal_start (
    single   boolean primary key default true constraint journal_start_is_one check (single),
    received timestamptz not null
);
