-- CreateTable
CREATE TABLE "Folder" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Folder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConversationTag" (
    "conversationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "ConversationTag_pkey" PRIMARY KEY ("conversationId","name")
);

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "folderId" TEXT,
ADD COLUMN     "formerFolderId" TEXT;

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

-- AddForeignKey
ALTER TABLE "Folder" ADD CONSTRAINT "Folder_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConversationTag" ADD CONSTRAINT "ConversationTag_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "Folder"("id") ON DELETE SET NULL ON UPDATE CASCADE;
