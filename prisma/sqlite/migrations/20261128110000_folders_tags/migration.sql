-- CreateTable
CREATE TABLE "Folder" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "Folder_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ConversationTag" (
    "conversationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("conversationId", "name"),
    CONSTRAINT "ConversationTag_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable: not by a new table, which would lose the triggers of the search.
ALTER TABLE "Conversation" ADD COLUMN "folderId" TEXT REFERENCES "Folder" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Conversation" ADD COLUMN "formerFolderId" TEXT;

-- CreateIndex
CREATE INDEX "Folder_userId_deletedAt_idx" ON "Folder"("userId", "deletedAt");

-- CreateIndex
CREATE INDEX "Folder_deletedAt_idx" ON "Folder"("deletedAt");

-- CreateIndex
CREATE INDEX "ConversationTag_name_idx" ON "ConversationTag"("name");

-- CreateIndex
CREATE INDEX "Conversation_userId_pinnedAt_idx" ON "Conversation"("userId", "pinnedAt");

-- CreateIndex
CREATE INDEX "Conversation_userId_archivedAt_idx" ON "Conversation"("userId", "archivedAt");

-- CreateIndex
CREATE INDEX "Conversation_folderId_updatedAt_idx" ON "Conversation"("folderId", "updatedAt");

-- CreateIndex
CREATE INDEX "Conversation_formerFolderId_idx" ON "Conversation"("formerFolderId");
