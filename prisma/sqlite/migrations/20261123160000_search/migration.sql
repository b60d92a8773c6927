-- What search looks through: one row a message and one a title. The words are made by the application
-- (lib/search/words.ts), the same for both databases.
CREATE TABLE "SearchEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT,
    "text" TEXT NOT NULL,
    "writtenAt" INTEGER NOT NULL,
    CONSTRAINT "SearchEntry_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SearchEntry_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "SearchEntry_messageId_key" ON "SearchEntry"("messageId");
CREATE INDEX "SearchEntry_conversationId_idx" ON "SearchEntry"("conversationId");

CREATE VIRTUAL TABLE "SearchTerms" USING fts5("terms", content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
CREATE TRIGGER "SearchEntry_deleted" AFTER DELETE ON "SearchEntry" BEGIN
    DELETE FROM "SearchTerms" WHERE rowid = OLD."id";
END;

-- What has to be indexed (again), noted by the database itself so that no writer can forget it. Without a
-- message it is the title.
CREATE TABLE "SearchQueue" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT
);
CREATE TRIGGER "Message_search_inserted" AFTER INSERT ON "Message" WHEN NEW."status" <> 'streaming' BEGIN
    INSERT INTO "SearchQueue" ("conversationId", "messageId") VALUES (NEW."conversationId", NEW."id");
END;
CREATE TRIGGER "Message_search_updated" AFTER UPDATE OF "parts" ON "Message" WHEN NEW."status" <> 'streaming' BEGIN
    INSERT INTO "SearchQueue" ("conversationId", "messageId") VALUES (NEW."conversationId", NEW."id");
END;
CREATE TRIGGER "Conversation_search_inserted" AFTER INSERT ON "Conversation" BEGIN
    INSERT INTO "SearchQueue" ("conversationId") VALUES (NEW."id");
END;
CREATE TRIGGER "Conversation_search_updated" AFTER UPDATE OF "title" ON "Conversation" WHEN NEW."title" <> OLD."title" BEGIN
    INSERT INTO "SearchQueue" ("conversationId") VALUES (NEW."id");
END;
CREATE TRIGGER "Conversation_search_moved" AFTER UPDATE OF "userId" ON "Conversation" WHEN NEW."userId" <> OLD."userId" BEGIN
    INSERT INTO "SearchQueue" ("conversationId") VALUES (NEW."id");
    INSERT INTO "SearchQueue" ("conversationId", "messageId")
        SELECT "conversationId", "id" FROM "Message" WHERE "conversationId" = NEW."id" AND "status" <> 'streaming';
END;

-- What is stored already.
INSERT INTO "SearchQueue" ("conversationId") SELECT "id" FROM "Conversation" ORDER BY "createdAt", "id";
INSERT INTO "SearchQueue" ("conversationId", "messageId")
    SELECT "conversationId", "id" FROM "Message" WHERE "status" <> 'streaming' ORDER BY "createdAt", "id";
