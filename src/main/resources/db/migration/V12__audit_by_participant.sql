-- What a change was about, in words a person asks for: [{"key":"OrderId","value":"..."}].
alter table audit_record add column customized_data jsonb;

-- A partner reads what it took part in, newest first; the key is the order in which it pages.
create table audit_participant (
    partner_id     uuid        not null,
    operation_date timestamptz not null,
    record_id      bigint      not null references audit_record,
    primary key (partner_id, operation_date, record_id)
);
create index audit_participant_by_record on audit_participant (record_id);
insert into audit_participant select distinct unnest(participants), operation_date, id from audit_record;
