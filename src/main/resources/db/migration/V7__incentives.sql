-- What a partner has to do with an incentive programme; no row before anything happened. The programmes of one tenant are
-- managed separately (lifecycle.md R68).
create table incentive (
    partner_id     uuid        not null references partner,
    program        text        not null
        constraint incentive_program_is_known check (program in ('INDIRECT_RESELLER', 'DIRECT_BILL')),
    invitation_due timestamptz,
    invited_time   timestamptz,
    enrolled_time  timestamptz,
    enrolled_by    text,
    primary key (partner_id, program)
);
