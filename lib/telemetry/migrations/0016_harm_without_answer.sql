-- Signals that are attributed to no decision, without the kinds that come with nearly every answer: an export of who was affected says how many of them tell of harm.
create index signal_loose on telemetry.signal (environment_id, at)
  where attribution <> 'decision' and kind not in ('shown', 'accepted', 'dismissed', 'judged', 'task-completed');
