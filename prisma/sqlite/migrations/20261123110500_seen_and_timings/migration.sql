-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "unseen" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN "reasoningMs" INTEGER;
ALTER TABLE "Message" ADD COLUMN "serverTimings" JSONB;

-- AlterTable
ALTER TABLE "Generation" ADD COLUMN "runningIn" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Generation_runningIn_key" ON "Generation"("runningIn");
