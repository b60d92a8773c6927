-- Words are folded otherwise (lib/search/fold.ts): everything is indexed anew.
DELETE FROM "SearchQueue";
INSERT INTO "SearchQueue" ("conversationId") SELECT "id" FROM "Conversation" ORDER BY "createdAt", "id";
INSERT INTO "SearchQueue" ("conversationId", "messageId")
    SELECT "conversationId", "id" FROM "Message" WHERE "status" <> 'streaming' ORDER BY "createdAt", "id";
