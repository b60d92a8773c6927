-- AlterTable
ALTER TABLE "Folder" ADD COLUMN "tools" JSONB;
