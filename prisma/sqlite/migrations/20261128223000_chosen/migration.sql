-- AlterTable
ALTER TABLE "Message" ADD COLUMN "chosenAt" DATETIME;
