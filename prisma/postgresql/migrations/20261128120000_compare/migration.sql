-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "running" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "comparisonId" TEXT,
ADD COLUMN     "comparisonPlace" INTEGER;

-- What runs while this is applied was left by a process that is gone: recovery ends it, by these.
UPDATE "Generation" SET "runningIn" = "messageId" WHERE "runningIn" IS NOT NULL;
UPDATE "Conversation" SET "running" = (SELECT COUNT(*) FROM "Generation" WHERE "Generation"."conversationId" = "Conversation"."id" AND "Generation"."endedAt" IS NULL)
WHERE "id" IN (SELECT "conversationId" FROM "Generation" WHERE "endedAt" IS NULL);
