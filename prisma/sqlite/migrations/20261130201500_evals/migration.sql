-- CreateTable
CREATE TABLE "Eval" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "judge" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "Eval_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EvalCase" (
    "evalId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "check" JSONB NOT NULL,

    PRIMARY KEY ("evalId", "id"),
    CONSTRAINT "EvalCase_evalId_fkey" FOREIGN KEY ("evalId") REFERENCES "Eval" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EvalRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "evalId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "columns" JSONB NOT NULL,
    "judge" TEXT,
    "spendLimitUsd" REAL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "run" INTEGER NOT NULL DEFAULT 0,
    "upTo" INTEGER,
    "stopped" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "EvalRun_evalId_fkey" FOREIGN KEY ("evalId") REFERENCES "Eval" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EvalQuestion" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "caseId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "check" JSONB NOT NULL,

    PRIMARY KEY ("runId", "number"),
    CONSTRAINT "EvalQuestion_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EvalAnswer" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "verdict" TEXT,
    "finding" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holder" TEXT,
    "leaseUntil" DATETIME,
    "model" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" REAL,
    "judgeUsd" REAL,
    "firstMs" INTEGER,
    "speed" REAL,
    "durationMs" INTEGER,
    "endedAt" DATETIME,

    PRIMARY KEY ("runId", "number", "place"),
    CONSTRAINT "EvalAnswer_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EvalChoice" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("runId", "number"),
    CONSTRAINT "EvalChoice_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Eval_userId_deletedAt_updatedAt_idx" ON "Eval"("userId", "deletedAt", "updatedAt");

-- CreateIndex
CREATE INDEX "Eval_deletedAt_idx" ON "Eval"("deletedAt");

-- CreateIndex
CREATE UNIQUE INDEX "EvalRun_evalId_number_key" ON "EvalRun"("evalId", "number");

-- CreateIndex
CREATE INDEX "EvalRun_state_idx" ON "EvalRun"("state");

-- CreateIndex
CREATE INDEX "EvalAnswer_runId_state_number_idx" ON "EvalAnswer"("runId", "state", "number");
