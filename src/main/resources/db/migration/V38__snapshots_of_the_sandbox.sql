-- Worlds that the operator of a sandbox has named, to go back to.
create table sandbox_snapshot (
    name               text        primary key,
    created_time       timestamptz not null,
    -- The offset of the clock belongs to the world.
    clock_microseconds bigint      not null,
    -- The last migration before it: what it holds fits no other tables.
    migration          text        not null,
    row_count          bigint      not null,
    bytes              bigint      not null,
    -- The same world as a document, to be read and to be compared with another.
    scenario           text        not null
);

-- What the tables of such a world held, as row_to_json gives it.
create table sandbox_snapshot_row (
    name       text not null references sandbox_snapshot on delete cascade,
    table_name text not null,
    content    json not null
);
create index sandbox_snapshot_row_by_table on sandbox_snapshot_row (name, table_name);
