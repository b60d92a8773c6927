-- A message can be deleted by itself, and brought back. What follows it stays, and is shown behind what it followed.
ALTER TABLE "Message" ADD COLUMN "deletedAt" DATETIME;

-- For the purge; few are deleted.
CREATE INDEX "Message_deletedAt_idx" ON "Message"("deletedAt") WHERE "deletedAt" IS NOT NULL;

CREATE TRIGGER "Message_search_deleted" AFTER UPDATE OF "deletedAt" ON "Message" BEGIN
    INSERT INTO "SearchQueue" ("conversationId", "messageId") VALUES (NEW."conversationId", NEW."id");
END;
