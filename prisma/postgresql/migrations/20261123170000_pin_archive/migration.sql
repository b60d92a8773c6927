-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "pinnedAt" TIMESTAMP(3),
ADD COLUMN     "archivedAt" TIMESTAMP(3);
