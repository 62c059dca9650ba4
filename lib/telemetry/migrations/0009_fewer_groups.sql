-- Groups of users are kept of all traffic and of scenarios: those of cohorts and dimensions were half of all rows that a batch writes, and what is
-- needed of them can be borrowed from all traffic. Rows that would not be added to any longer would be read as if they were whole.
delete from telemetry.rollup where resolution = 'group' and cut <> '' and cut not like 'scenario:%';
