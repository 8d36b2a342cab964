-- The keys that notifications and their certificate are signed with, for all copies and all restarts: PKCS#8; one row.
create table webhook_key (
    only_row    boolean primary key default true constraint webhook_key_is_single check (only_row),
    signing_key bytea       not null,
    root_key    bytea       not null,
    created     timestamptz not null
);

-- The certificates of the signing key, each with the root that issued it, as DER. A former one stays readable where it was.
create table webhook_certificate (
    thumbprint   text primary key,
    organization text        not null,
    certificate  bytea       not null,
    root         bytea       not null,
    not_after    timestamptz not null
);
