-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "temporary" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Conversation_temporary_updatedAt_idx" ON "Conversation"("temporary", "updatedAt");
