-- CreateEnum
CREATE TYPE "GridState" AS ENUM ('ready', 'running', 'paused', 'done');

-- CreateEnum
CREATE TYPE "GridAnswerState" AS ENUM ('waiting', 'running', 'done', 'failed', 'skipped');

-- CreateTable
CREATE TABLE "Grid" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "models" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "columns" JSONB NOT NULL,
    "spendLimitUsd" DOUBLE PRECISION,
    "state" "GridState" NOT NULL DEFAULT 'ready',
    "run" INTEGER NOT NULL DEFAULT 0,
    "upTo" INTEGER,
    "stopped" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Grid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GridRow" (
    "gridId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "input" JSONB NOT NULL,

    CONSTRAINT "GridRow_pkey" PRIMARY KEY ("gridId", "number")
);

-- CreateTable
CREATE TABLE "GridAnswer" (
    "gridId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "state" "GridAnswerState" NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "edited" JSONB,
    "problems" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holder" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "model" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" DOUBLE PRECISION,
    "durationMs" INTEGER,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "GridAnswer_pkey" PRIMARY KEY ("gridId", "number", "place")
);

-- CreateTable
CREATE TABLE "GridFile" (
    "gridId" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,

    CONSTRAINT "GridFile_pkey" PRIMARY KEY ("gridId", "fileId")
);

-- CreateIndex
CREATE INDEX "Grid_userId_deletedAt_updatedAt_idx" ON "Grid"("userId", "deletedAt", "updatedAt");

-- CreateIndex
CREATE INDEX "Grid_state_idx" ON "Grid"("state");

-- CreateIndex
CREATE INDEX "Grid_deletedAt_idx" ON "Grid"("deletedAt");

-- CreateIndex
CREATE INDEX "GridAnswer_gridId_state_number_idx" ON "GridAnswer"("gridId", "state", "number");

-- CreateIndex
CREATE INDEX "GridFile_fileId_idx" ON "GridFile"("fileId");

-- AddForeignKey
ALTER TABLE "Grid" ADD CONSTRAINT "Grid_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridRow" ADD CONSTRAINT "GridRow_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridAnswer" ADD CONSTRAINT "GridAnswer_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridFile" ADD CONSTRAINT "GridFile_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridFile" ADD CONSTRAINT "GridFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File"("id") ON DELETE NO ACTION ON UPDATE CASCADE;
