-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Control" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "sentence" TEXT NOT NULL,
    "scope" JSONB NOT NULL,
    "effects" JSONB NOT NULL,
    "featureKey" TEXT,
    "scenarioKey" TEXT,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "placedBy" TEXT NOT NULL,
    "placedByName" TEXT NOT NULL,
    "reason" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "publishedVersion" INTEGER NOT NULL,
    "epoch" UUID NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedBy" TEXT,
    "liftedByName" TEXT,
    "liftReason" TEXT,
    "liftedVersion" INTEGER,
    "idempotencyKey" TEXT,
    "impact" JSONB,

    CONSTRAINT "Control_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RulesetVersion" (
    "environmentId" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "ruleset" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "RulesetVersion_pkey" PRIMARY KEY ("environmentId","epoch","version")
);

-- CreateTable
CREATE TABLE "Blob" (
    "sha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Exposure" (
    "environmentId" UUID NOT NULL,
    "featureKey" TEXT NOT NULL,
    "release" TEXT NOT NULL,
    "userHash" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Exposure_pkey" PRIMARY KEY ("environmentId","featureKey","release","userHash")
);

-- CreateTable
CREATE TABLE "MembershipFilter" (
    "environmentId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "featureKey" TEXT NOT NULL,
    "release" TEXT NOT NULL DEFAULT '',
    "blob" TEXT NOT NULL,
    "hashes" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "builtAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MembershipFilter_pkey" PRIMARY KEY ("environmentId","name")
);

-- CreateTable
CREATE TABLE "Environment" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "guarded" BOOLEAN NOT NULL DEFAULT true,
    "epoch" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "birthplace" TEXT NOT NULL DEFAULT '',
    "userHashKey" TEXT NOT NULL,
    "staleColdMs" INTEGER NOT NULL DEFAULT 900000,
    "staleRunningMs" INTEGER NOT NULL DEFAULT 86400000,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cohort" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "when" JSONB NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Cohort_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeclaredAttribute" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "values" JSONB NOT NULL DEFAULT '[]',
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeclaredAttribute_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Feature" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "outputName" TEXT NOT NULL,
    "ladder" JSONB NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Feature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Scenario" (
    "id" UUID NOT NULL,
    "featureId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "risk" TEXT NOT NULL,
    "ladder" JSONB NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Scenario_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApprovedText" (
    "key" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApprovedText_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "FeatureState" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "featureId" UUID NOT NULL,
    "on" BOOLEAN NOT NULL DEFAULT true,
    "envelope" JSONB,
    "releaseId" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'autonomous',
    "reviewBelow" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "minConfidence" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "maxLatencyMs" INTEGER NOT NULL DEFAULT 10000,
    "stream" BOOLEAN NOT NULL DEFAULT true,
    "sampleShare" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "pins" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "FeatureState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Instance" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "app" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sdk" TEXT NOT NULL,
    "apiKeyId" UUID NOT NULL,
    "connection" TEXT,
    "epoch" UUID,
    "version" INTEGER,
    "appliedAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),
    "firstHeardAt" TIMESTAMPTZ(3) NOT NULL,
    "lastHeardAt" TIMESTAMPTZ(3) NOT NULL,
    "features" JSONB NOT NULL DEFAULT '{}',
    "droppedDecisions" BIGINT NOT NULL DEFAULT 0,
    "droppedSignals" BIGINT NOT NULL DEFAULT 0,
    "closedAt" TIMESTAMPTZ(3),
    "dismissedAt" TIMESTAMPTZ(3),
    "dismissedBy" TEXT,

    CONSTRAINT "Instance_pkey" PRIMARY KEY ("environmentId","id")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "environmentId" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "instanceId" UUID NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL,
    "acknowledgedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("environmentId","version","epoch","instanceId")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "origins" TEXT[],
    "features" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "revokedBy" TEXT,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "environmentId" UUID,
    "featureKey" TEXT,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "grantedBy" TEXT NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "userAgent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "environment" TEXT,
    "target" TEXT NOT NULL,
    "featureKey" TEXT,
    "sentence" TEXT NOT NULL,
    "reason" TEXT,
    "details" JSONB NOT NULL,
    "requestId" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Provider" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Provider_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Model" (
    "providerKey" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Model_pkey" PRIMARY KEY ("providerKey","key")
);

-- CreateTable
CREATE TABLE "ApprovedReroute" (
    "id" UUID NOT NULL,
    "fromProvider" TEXT NOT NULL,
    "fromModel" TEXT NOT NULL,
    "toProvider" TEXT NOT NULL,
    "toModel" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApprovedReroute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Release" (
    "id" TEXT NOT NULL,
    "featureId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "blob" TEXT NOT NULL,
    "chain" JSONB NOT NULL,
    "standing" TEXT NOT NULL DEFAULT 'unproven',
    "knownGoodSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rollout" (
    "id" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "featureId" UUID NOT NULL,
    "seed" BIGINT NOT NULL,
    "eligible" JSONB,
    "arms" JSONB NOT NULL,
    "shadow" JSONB,
    "status" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Rollout_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Control_environmentId_liftedAt_idx" ON "Control"("environmentId", "liftedAt");

-- CreateIndex
CREATE INDEX "Control_environmentId_featureKey_placedAt_idx" ON "Control"("environmentId", "featureKey", "placedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Control_environmentId_idempotencyKey_key" ON "Control"("environmentId", "idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Environment_key_key" ON "Environment"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Cohort_environmentId_key_key" ON "Cohort"("environmentId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Feature_key_key" ON "Feature"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Scenario_featureId_key_key" ON "Scenario"("featureId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "FeatureState_environmentId_featureId_key" ON "FeatureState"("environmentId", "featureId");

-- CreateIndex
CREATE INDEX "Instance_environmentId_lastHeardAt_idx" ON "Instance"("environmentId", "lastHeardAt");

-- CreateIndex
CREATE INDEX "Confirmation_acknowledgedAt_idx" ON "Confirmation"("acknowledgedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_secretHash_key" ON "ApiKey"("secretHash");

-- CreateIndex
CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_hash_key" ON "AuditEntry"("hash");

-- CreateIndex
CREATE INDEX "AuditEntry_featureKey_seq_idx" ON "AuditEntry"("featureKey", "seq");

-- CreateIndex
CREATE INDEX "AuditEntry_target_idx" ON "AuditEntry"("target");

-- CreateIndex
CREATE UNIQUE INDEX "ApprovedReroute_fromProvider_fromModel_toProvider_toModel_key" ON "ApprovedReroute"("fromProvider", "fromModel", "toProvider", "toModel");

-- AddForeignKey
ALTER TABLE "Control" ADD CONSTRAINT "Control_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RulesetVersion" ADD CONSTRAINT "RulesetVersion_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Exposure" ADD CONSTRAINT "Exposure_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MembershipFilter" ADD CONSTRAINT "MembershipFilter_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cohort" ADD CONSTRAINT "Cohort_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scenario" ADD CONSTRAINT "Scenario_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeatureState" ADD CONSTRAINT "FeatureState_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeatureState" ADD CONSTRAINT "FeatureState_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeatureState" ADD CONSTRAINT "FeatureState_releaseId_fkey" FOREIGN KEY ("releaseId") REFERENCES "Release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_providerKey_fkey" FOREIGN KEY ("providerKey") REFERENCES "Provider"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Release" ADD CONSTRAINT "Release_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rollout" ADD CONSTRAINT "Rollout_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rollout" ADD CONSTRAINT "Rollout_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


