-- CreateTable
CREATE TABLE "Eval" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "judge" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Eval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvalCase" (
    "evalId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "check" JSONB NOT NULL,

    CONSTRAINT "EvalCase_pkey" PRIMARY KEY ("evalId", "id")
);

-- CreateTable
CREATE TABLE "EvalRun" (
    "id" TEXT NOT NULL,
    "evalId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "columns" JSONB NOT NULL,
    "judge" TEXT,
    "spendLimitUsd" DOUBLE PRECISION,
    "state" "GridState" NOT NULL DEFAULT 'ready',
    "run" INTEGER NOT NULL DEFAULT 0,
    "upTo" INTEGER,
    "stopped" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "EvalRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvalQuestion" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "caseId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "check" JSONB NOT NULL,

    CONSTRAINT "EvalQuestion_pkey" PRIMARY KEY ("runId", "number")
);

-- CreateTable
CREATE TABLE "EvalAnswer" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "state" "GridAnswerState" NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "verdict" TEXT,
    "finding" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "runAfter" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holder" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "model" TEXT,
    "inputTokens" INTEGER NOT NULL DEFAULT 0,
    "outputTokens" INTEGER NOT NULL DEFAULT 0,
    "costUsd" DOUBLE PRECISION,
    "judgeUsd" DOUBLE PRECISION,
    "firstMs" INTEGER,
    "speed" DOUBLE PRECISION,
    "durationMs" INTEGER,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "EvalAnswer_pkey" PRIMARY KEY ("runId", "number", "place")
);

-- CreateTable
CREATE TABLE "EvalChoice" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "place" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EvalChoice_pkey" PRIMARY KEY ("runId", "number")
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

-- AddForeignKey
ALTER TABLE "Eval" ADD CONSTRAINT "Eval_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvalCase" ADD CONSTRAINT "EvalCase_evalId_fkey" FOREIGN KEY ("evalId") REFERENCES "Eval"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvalRun" ADD CONSTRAINT "EvalRun_evalId_fkey" FOREIGN KEY ("evalId") REFERENCES "Eval"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvalQuestion" ADD CONSTRAINT "EvalQuestion_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvalAnswer" ADD CONSTRAINT "EvalAnswer_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EvalChoice" ADD CONSTRAINT "EvalChoice_runId_fkey" FOREIGN KEY ("runId") REFERENCES "EvalRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;
