-- Rows that are updated again and again stay on their page, and out of their indexes, as long as there is room on it.
alter table telemetry.user_day set (fillfactor = 60);
alter table telemetry.task set (fillfactor = 70);
alter table telemetry.user_count set (fillfactor = 50);
alter table telemetry.release_seen set (fillfactor = 50);
alter table telemetry.control_hour set (fillfactor = 70);
alter table telemetry.instance_hour set (fillfactor = 70);
alter table telemetry.rollup_minute set (fillfactor = 50);
alter table telemetry.rollup_hour set (fillfactor = 50);
alter table telemetry.rollup_day set (fillfactor = 50);
alter table telemetry.rollup_group set (fillfactor = 50);
