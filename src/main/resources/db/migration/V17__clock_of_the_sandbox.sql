-- How far the clock of the service is from that of its machines, for all copies. No row: not at all.
create table clock_offset (
    single       boolean primary key default true constraint clock_offset_is_one check (single),
    microseconds bigint not null
);
