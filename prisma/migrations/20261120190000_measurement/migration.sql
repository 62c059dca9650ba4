-- CreateTable
CREATE TABLE "Organisation" (
    "key" TEXT NOT NULL DEFAULT 'organisation',
    "name" TEXT NOT NULL DEFAULT '',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "keepRawDays" INTEGER NOT NULL DEFAULT 30,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Measurement" (
    "featureId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "metrics" TEXT[],
    "weights" JSONB NOT NULL,
    "trustFailure" TEXT NOT NULL DEFAULT '',
    "fallbackAgreed" BOOLEAN NOT NULL DEFAULT false,
    "incidentClasses" JSONB NOT NULL DEFAULT '[]',
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedByName" TEXT NOT NULL,

    CONSTRAINT "Measurement_pkey" PRIMARY KEY ("featureId")
);

-- AddForeignKey
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One organisation, and the limited role's rights.
ALTER TABLE "Organisation" ADD CONSTRAINT "Organisation_one" CHECK ("key" = 'organisation');
INSERT INTO "Organisation" ("key") VALUES ('organisation');
GRANT SELECT, INSERT, UPDATE ON "Organisation", "Measurement" TO evenkeel_app;
