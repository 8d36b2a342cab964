create table audit_record (
    id                     bigint generated always as identity primary key,
    partner_id             uuid        not null,
    participants           uuid[]      not null,
    customer_id            uuid,
    customer_name          text,
    user_principal_name    text,
    application_id         text,
    resource_type          text        not null,
    resource_id            text,
    operation_type         text        not null,
    operation_date         timestamptz not null,
    correlation_id         text,
    resource_old_value     text,
    resource_new_value     text
);
create index audit_record_by_partner on audit_record (partner_id, operation_date);

-- The 2xx answers of POST and PATCH, for repeats with the same MS-RequestId (D8). The row is written first, without an
-- answer: a repeat that arrives meanwhile waits at the primary key until the first request ends.
create table stored_answer (
    partner_id  uuid        not null,
    caller_id   uuid        not null,
    request_id  text        not null,
    method      text        not null,
    path        text        not null,
    body_digest bytea       not null,
    status      integer,
    body        text,
    created     timestamptz not null,
    constraint stored_answer_one_per_request primary key (partner_id, caller_id, request_id, method, path)
);
create index stored_answer_by_age on stored_answer (created);
