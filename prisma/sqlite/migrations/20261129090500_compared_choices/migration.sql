-- AlterTable
ALTER TABLE "Message" ADD COLUMN "decidedAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "blind" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Message" ADD COLUMN "verdict" TEXT;
ALTER TABLE "Message" ADD COLUMN "merged" JSONB;

-- CreateTable
CREATE TABLE "ModelChoice" (
    "userId" TEXT NOT NULL,
    "comparisonId" TEXT NOT NULL,
    "blind" BOOLEAN NOT NULL,
    "models" JSONB NOT NULL,
    "winner" TEXT,
    "outcome" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("userId", "comparisonId"),
    CONSTRAINT "ModelChoice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
