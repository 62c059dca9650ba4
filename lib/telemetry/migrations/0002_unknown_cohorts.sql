-- Cohorts of which nobody can say whether the request was in them: a control on one holds for it too.
alter table telemetry.decision add column cohorts_unknown text[] not null default '{}';
