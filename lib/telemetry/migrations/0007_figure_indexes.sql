-- The sample of users holds the pseudonyms themselves: counting them then reads one user in sixteen and nothing else.
drop index telemetry.user_day_sample;
create index user_day_sample on telemetry.user_day (environment_id, feature, day) include (user_hash)
  where get_byte(uuid_send(user_hash), 15) < 16;

-- Signals without their decision, waiting or given up, found in one look.
drop index telemetry.signal_unattributed;
create index signal_lost on telemetry.signal (environment_id, at) include (attribution) where attribution in ('waiting', 'unattributed');
