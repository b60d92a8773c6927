-- What search looks through: one row a message and one a title. The words are made by the application
-- (lib/search/words.ts), the same for both databases.
CREATE TABLE "SearchEntry" (
    "id" INTEGER GENERATED ALWAYS AS IDENTITY,
    "userId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT,
    "text" TEXT NOT NULL,
    "writtenAt" BIGINT NOT NULL,
    "terms" TSVECTOR NOT NULL,

    CONSTRAINT "SearchEntry_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "SearchEntry_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SearchEntry_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "SearchEntry_messageId_key" ON "SearchEntry"("messageId");
CREATE INDEX "SearchEntry_conversationId_idx" ON "SearchEntry"("conversationId");
CREATE INDEX "SearchEntry_userId_id_idx" ON "SearchEntry"("userId", "id");
CREATE INDEX "SearchEntry_terms_idx" ON "SearchEntry" USING GIN ("terms") WITH (fastupdate = off);

-- What has to be indexed (again), noted by the database itself so that no writer can forget it. Without a
-- message it is the title.
CREATE TABLE "SearchQueue" (
    "seq" BIGINT GENERATED ALWAYS AS IDENTITY,
    "conversationId" TEXT NOT NULL,
    "messageId" TEXT,

    CONSTRAINT "SearchQueue_pkey" PRIMARY KEY ("seq")
);
CREATE FUNCTION "queueMessageForSearch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "SearchQueue" ("conversationId", "messageId") VALUES (NEW."conversationId", NEW."id");
    RETURN NULL;
END;
$$;
CREATE FUNCTION "queueTitleForSearch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "SearchQueue" ("conversationId") VALUES (NEW."id");
    RETURN NULL;
END;
$$;
CREATE FUNCTION "queueConversationForSearch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "SearchQueue" ("conversationId") VALUES (NEW."id");
    INSERT INTO "SearchQueue" ("conversationId", "messageId")
        SELECT "conversationId", "id" FROM "Message" WHERE "conversationId" = NEW."id" AND "status" <> 'streaming';
    RETURN NULL;
END;
$$;
CREATE TRIGGER "Message_search_inserted" AFTER INSERT ON "Message" FOR EACH ROW
    WHEN (NEW."status" <> 'streaming') EXECUTE FUNCTION "queueMessageForSearch"();
CREATE TRIGGER "Message_search_updated" AFTER UPDATE OF "parts" ON "Message" FOR EACH ROW
    WHEN (NEW."status" <> 'streaming') EXECUTE FUNCTION "queueMessageForSearch"();
CREATE TRIGGER "Conversation_search_inserted" AFTER INSERT ON "Conversation" FOR EACH ROW
    EXECUTE FUNCTION "queueTitleForSearch"();
CREATE TRIGGER "Conversation_search_updated" AFTER UPDATE OF "title" ON "Conversation" FOR EACH ROW
    WHEN (NEW."title" <> OLD."title") EXECUTE FUNCTION "queueTitleForSearch"();
CREATE TRIGGER "Conversation_search_moved" AFTER UPDATE OF "userId" ON "Conversation" FOR EACH ROW
    WHEN (NEW."userId" <> OLD."userId") EXECUTE FUNCTION "queueConversationForSearch"();

-- What is stored already.
INSERT INTO "SearchQueue" ("conversationId") SELECT "id" FROM "Conversation" ORDER BY "createdAt", "id";
INSERT INTO "SearchQueue" ("conversationId", "messageId")
    SELECT "conversationId", "id" FROM "Message" WHERE "status" <> 'streaming' ORDER BY "createdAt", "id";
