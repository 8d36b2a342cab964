-- Counts the changes of the clock: whoever read the row before a change and comes late with it can be told by that.
alter table clock_offset add column revision bigint not null default 0;
