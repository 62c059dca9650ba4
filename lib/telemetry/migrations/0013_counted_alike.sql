-- What is divided and by what it is divided are counts of the same things: verdicts of audits by audits, false alarms by moderations and reviews, tokens by the requests that
-- told theirs. Until now an answer that three people audited was one answer with up to three verdicts, and an answer that told no tokens was one of none.
alter table telemetry.rollup
  add column tokens_n double precision not null default 0,
  add column audits double precision not null default 0,
  add column moderations double precision not null default 0,
  add column reviews double precision not null default 0;

-- What was counted before is taken as it was: each answer audited once (but as often as it was found misleading), and every AI answer told its tokens where any did.
update telemetry.rollup set
  tokens_n = case when tokens_in + tokens_out > 0 then greatest(ai, 1) else 0 end,
  audits = greatest(s_audited, audited_misleading),
  moderations = s_moderated,
  reviews = greatest(s_reviewed, false_positives - s_moderated)
where tokens_in + tokens_out > 0 or s_audited <> 0 or audited_misleading <> 0 or s_moderated <> 0 or s_reviewed <> 0 or false_positives <> 0;
