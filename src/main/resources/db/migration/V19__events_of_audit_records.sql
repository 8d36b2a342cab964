-- What happened in our own words, where operation_type, which is the wire's, tells several events alike; null where it does not.
alter table audit_record add column event text;
update audit_record set event = case cast(resource_new_value as jsonb) ->> 'Status'
    when 'Reject' then 'reject_transfer'
    when 'Withdrawn' then 'withdraw_transfer'
    else 'accept_transfer' end
where operation_type = 'update_transfer';
update audit_record set event = operation_type where operation_type = 'create_transfer';
