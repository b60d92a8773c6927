-- CreateTable
CREATE TABLE "OutputSchema" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "OutputSchema_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutputSchemaVersion" (
    "schemaId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "note" TEXT,
    "restoredFrom" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OutputSchemaVersion_pkey" PRIMARY KEY ("schemaId","version")
);

-- CreateTable
CREATE TABLE "OutputSchemaUse" (
    "schemaId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "usedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OutputSchemaUse_pkey" PRIMARY KEY ("schemaId","conversationId","version")
);

-- CreateIndex
CREATE INDEX "OutputSchema_userId_deletedAt_idx" ON "OutputSchema"("userId", "deletedAt");

-- CreateIndex
CREATE INDEX "OutputSchema_deletedAt_idx" ON "OutputSchema"("deletedAt");

-- CreateIndex
CREATE INDEX "OutputSchemaUse_conversationId_idx" ON "OutputSchemaUse"("conversationId");

-- AddForeignKey
ALTER TABLE "OutputSchema" ADD CONSTRAINT "OutputSchema_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutputSchemaVersion" ADD CONSTRAINT "OutputSchemaVersion_schemaId_fkey" FOREIGN KEY ("schemaId") REFERENCES "OutputSchema"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutputSchemaUse" ADD CONSTRAINT "OutputSchemaUse_schemaId_fkey" FOREIGN KEY ("schemaId") REFERENCES "OutputSchema"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutputSchemaUse" ADD CONSTRAINT "OutputSchemaUse_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
