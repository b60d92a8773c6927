-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "chosenAt" TIMESTAMP(3);
