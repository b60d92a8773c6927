-- AlterEnum
ALTER TYPE "FileKind" ADD VALUE IF NOT EXISTS 'output';

-- CreateTable
CREATE TABLE "ToolLease" (
    "messageId" TEXT NOT NULL,
    "toolCallId" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "leaseUntil" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ToolLease_pkey" PRIMARY KEY ("messageId","toolCallId")
);

-- CreateTable
CREATE TABLE "ToolPermission" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "conversationId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ToolPermission_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ToolPermission_userId_tool_idx" ON "ToolPermission"("userId", "tool");

-- CreateIndex
CREATE INDEX "ToolPermission_conversationId_idx" ON "ToolPermission"("conversationId");

-- AddForeignKey
ALTER TABLE "ToolLease" ADD CONSTRAINT "ToolLease_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ToolPermission" ADD CONSTRAINT "ToolPermission_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ToolPermission" ADD CONSTRAINT "ToolPermission_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
