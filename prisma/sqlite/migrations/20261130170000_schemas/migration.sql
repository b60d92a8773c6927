-- CreateTable
CREATE TABLE "OutputSchema" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "OutputSchema_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OutputSchemaVersion" (
    "schemaId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "note" TEXT,
    "restoredFrom" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("schemaId", "version"),
    CONSTRAINT "OutputSchemaVersion_schemaId_fkey" FOREIGN KEY ("schemaId") REFERENCES "OutputSchema" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OutputSchemaUse" (
    "schemaId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "usedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("schemaId", "conversationId", "version"),
    CONSTRAINT "OutputSchemaUse_schemaId_fkey" FOREIGN KEY ("schemaId") REFERENCES "OutputSchema" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "OutputSchemaUse_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "OutputSchema_userId_deletedAt_idx" ON "OutputSchema"("userId", "deletedAt");

-- CreateIndex
CREATE INDEX "OutputSchema_deletedAt_idx" ON "OutputSchema"("deletedAt");

-- CreateIndex
CREATE INDEX "OutputSchemaUse_conversationId_idx" ON "OutputSchemaUse"("conversationId");
