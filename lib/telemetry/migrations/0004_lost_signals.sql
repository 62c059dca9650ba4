-- Signals whose decision never came are few; a screen that counts them must not read all the others.
create index signal_unattributed on telemetry.signal (environment_id, at) where attribution = 'unattributed';
