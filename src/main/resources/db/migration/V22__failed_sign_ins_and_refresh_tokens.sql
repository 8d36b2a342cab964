-- Wrong passwords in a row, of a user (its id) or of a name that nobody has (a digest), so that both are locked alike.
create table sign_in_failure (
    account      text        not null constraint sign_in_failure_one_per_account primary key,
    failures     integer     not null constraint sign_in_failure_counts_from_one check (failures > 0),
    last_failed  timestamptz not null,
    locked_until timestamptz
);
create index sign_in_failure_by_age on sign_in_failure (last_failed);

-- The refresh tokens that are out: SHA-256 in place of the token, and of the password hash that it was issued for. Without references to
-- users, who come and go with scenarios while tokens stay.
create table refresh_token (
    token_digest    text        not null constraint refresh_token_is_stored_once primary key,
    user_id         uuid        not null,
    tenant_id       uuid        not null,
    application_id  uuid        not null,
    resource        text        not null,
    password_digest text        not null,
    last_used       timestamptz not null
);
create index refresh_token_by_user on refresh_token (user_id);
create index refresh_token_by_age on refresh_token (last_used);
