-- AlterTable
ALTER TABLE "User" ADD COLUMN     "mustConfirm" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "confirmedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "Throttle" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "FormerUsageDay" (
    "day" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "FormerUsageDay_pkey" PRIMARY KEY ("day","model")
);

-- CreateIndex
CREATE INDEX "Throttle_at_idx" ON "Throttle"("at");
