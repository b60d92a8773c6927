-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "decidedAt" TIMESTAMP(3),
ADD COLUMN     "blind" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "verdict" TEXT,
ADD COLUMN     "merged" JSONB;

-- CreateTable
CREATE TABLE "ModelChoice" (
    "userId" TEXT NOT NULL,
    "comparisonId" TEXT NOT NULL,
    "blind" BOOLEAN NOT NULL,
    "models" JSONB NOT NULL,
    "winner" TEXT,
    "outcome" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelChoice_pkey" PRIMARY KEY ("userId","comparisonId")
);

-- AddForeignKey
ALTER TABLE "ModelChoice" ADD CONSTRAINT "ModelChoice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
