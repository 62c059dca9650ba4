-- Signals of the kinds that do not come with nearly every answer, by kind: the few of a rare one are found without a look at all the others.
create index signal_telling on telemetry.signal (environment_id, kind, id)
  where kind not in ('shown', 'accepted', 'dismissed', 'judged', 'task-completed');
