-- What is to be done later, or again until it succeeds. Names and types of the columns are those of the library db-scheduler:
-- a copy of the service takes a job by setting picked where it still is false, and proves that it is alive by last_heartbeat.
create table scheduled_job (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    constraint scheduled_job_one_per_kind_and_id primary key (task_name, task_instance)
);
create index scheduled_job_by_due_time on scheduled_job (execution_time);
create index scheduled_job_by_heartbeat on scheduled_job (last_heartbeat) where picked;

-- A mail as it read when its cause was committed. KEPT: no mail server was configured, the sandbox mailbox is all there is.
create table outgoing_mail (
    id            uuid primary key,
    recipient     text        not null,
    subject       text        not null,
    text_body     text        not null,
    html_body     text        not null,
    status        text        not null
        constraint outgoing_mail_status_is_known check (status in ('WAITING', 'SENT', 'KEPT', 'UNDELIVERABLE')),
    created       timestamptz not null,
    sent          timestamptz,
    constraint outgoing_mail_says_when_it_was_sent check ((status in ('SENT', 'KEPT')) = (sent is not null)),
    constraint outgoing_mail_subject_is_one_line check (subject !~ '[\r\n]')
);
create index outgoing_mail_by_recipient on outgoing_mail (lower(recipient), sent, id);
create index outgoing_mail_by_time_sent on outgoing_mail (sent, id);
