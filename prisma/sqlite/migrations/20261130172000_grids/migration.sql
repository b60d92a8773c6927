-- CreateTable
CREATE TABLE "Grid" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "output" JSONB NOT NULL,
    "models" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "columns" JSONB NOT NULL,
    "spendLimitUsd" REAL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "run" INTEGER NOT NULL DEFAULT 0,
    "upTo" INTEGER,
    "stopped" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "Grid_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GridRow" (
    "gridId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "input" JSONB NOT NULL,

    PRIMARY KEY ("gridId", "number"),
    CONSTRAINT "GridRow_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GridAnswer" (
    "gridId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "edited" JSONB,
    "problems" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holder" TEXT,
    "leaseUntil" DATETIME,
    "model" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" REAL,
    "durationMs" INTEGER,
    "endedAt" DATETIME,

    PRIMARY KEY ("gridId", "number", "place"),
    CONSTRAINT "GridAnswer_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GridFile" (
    "gridId" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,

    PRIMARY KEY ("gridId", "fileId"),
    CONSTRAINT "GridFile_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "GridFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "File" ("id") ON DELETE NO ACTION ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Grid_userId_deletedAt_updatedAt_idx" ON "Grid"("userId", "deletedAt", "updatedAt");

-- CreateIndex
CREATE INDEX "Grid_state_idx" ON "Grid"("state");

-- CreateIndex
CREATE INDEX "Grid_deletedAt_idx" ON "Grid"("deletedAt");

-- CreateIndex
CREATE INDEX "GridAnswer_gridId_state_number_idx" ON "GridAnswer"("gridId", "state", "number");

-- CreateIndex
CREATE INDEX "GridFile_fileId_idx" ON "GridFile"("fileId");
