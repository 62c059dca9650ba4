-- What the program may do at run time, and what nobody may do.
-- The program runs under evenkeel_app, which owns nothing. Deleting is archiving, so it has no DELETE anywhere.

DO $$
BEGIN
  CREATE ROLE evenkeel_app NOLOGIN;
EXCEPTION
  -- Roles belong to the whole server: another database may have made it, even in this instant.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'evenkeel_app', 'MEMBER') THEN
    EXECUTE format('GRANT evenkeel_app TO %I', current_user);
  END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO evenkeel_app;

GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO evenkeel_app;
REVOKE UPDATE ON "AuditEntry", "RulesetVersion", "Blob", "Release" FROM evenkeel_app;
GRANT UPDATE ("standing", "knownGoodSince") ON "Release" TO evenkeel_app;

DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON public._prisma_migrations FROM evenkeel_app;
  END IF;
END
$$;

-- Tables of later migrations; one that must not be updated revokes it again.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO evenkeel_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO evenkeel_app;

-- Events and roll-ups: tables come from lib/telemetry/migrations.
CREATE SCHEMA IF NOT EXISTS telemetry;
GRANT USAGE ON SCHEMA telemetry TO evenkeel_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA telemetry GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO evenkeel_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA telemetry GRANT USAGE, SELECT ON SEQUENCES TO evenkeel_app;

-- Privileges do not bind the owner; these triggers do. They fire for statements, so that one which finds no row fails too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is not allowed on "%": its rows are never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "AuditEntry" ENABLE ALWAYS TRIGGER append_only;

-- Old rulesets and unused blobs may be removed, by the owner's clean-up alone.
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON "RulesetVersion"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "RulesetVersion" ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON "Blob"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "Blob" ENABLE ALWAYS TRIGGER append_only;

CREATE FUNCTION refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'standing' - 'knownGoodSince' IS DISTINCT FROM to_jsonb(OLD) - 'standing' - 'knownGoodSince' THEN
    RAISE EXCEPTION 'a release is never changed, apart from its standing' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER immutable BEFORE UPDATE ON "Release" FOR EACH ROW EXECUTE FUNCTION refuse_release_change();
ALTER TABLE "Release" ENABLE ALWAYS TRIGGER immutable;
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON "Release" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "Release" ENABLE ALWAYS TRIGGER never_deleted;
