-- AlterTable
ALTER TABLE "User" ADD COLUMN "mustConfirm" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN "confirmedAt" DATETIME;

-- CreateTable
CREATE TABLE "Throttle" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "FormerUsageDay" (
    "day" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" REAL NOT NULL DEFAULT 0,

    PRIMARY KEY ("day", "model")
);

-- CreateIndex
CREATE INDEX "Throttle_at_idx" ON "Throttle"("at");
