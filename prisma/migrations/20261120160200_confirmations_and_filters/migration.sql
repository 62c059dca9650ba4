-- How many people a membership filter holds, so that it is rebuilt only when that grew.
ALTER TABLE "MembershipFilter" ADD COLUMN "people" INTEGER NOT NULL DEFAULT 0;

-- A confirmation is a fact about the past: written once.
GRANT SELECT, INSERT ON "Confirmation" TO evenkeel_app;
