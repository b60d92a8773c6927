/**
 * Adapts the questions of an eval to the runner that asks them (`lib/asking/`). An answer with a judge takes two steps:
 * the answer is stored first, so that a failing judge, or a crash, doesn't lose it.
 */
import { v7 as uuidv7 } from "uuid"
import { JUDGE_INSTRUCTIONS, JUDGE_OUTPUT, judgePrompt } from "@/lib/ai/prompts/judge"
import { type Asking, askModel, NO_USAGE, type Said, usedBy } from "@/lib/asking/ask"
import type { AskingWork, Came } from "@/lib/asking/runner"
import type { SessionUser } from "@/lib/auth/sessions"
import { notifyEvalChanged } from "@/lib/chat/news/news"
import type { CellEnding, Claimable, Claimed } from "@/lib/db/cells/cells"
import { EVAL_CELLS, type EvalEnding, endEvalAnswer, evalAnswer, measurementsOf } from "@/lib/db/evals/answers"
import { endRun, questionsOf, runById, spendLimitOf } from "@/lib/db/evals/runs"
import { checkText, type Finding, plainAnswer } from "@/lib/evals/checks/check"
import { readJudgment } from "@/lib/evals/checks/judge"
import { checkSchema, type EvalCheck } from "@/lib/evals/contract/eval"
import { saidIn } from "@/lib/evals/said"
import { speedOf } from "@/lib/evals/stats"
import { sentence } from "@/lib/i18n/sentences"
import { createLimiter } from "@/lib/limiter"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

/** Checks that run in parallel: the worker threads are shared. */
const CHECKED_AT_ONCE = 2
/** Makes a judge as deterministic as possible. */
const JUDGE_SETTINGS: ChatSettings = { temperature: 0 }

export interface ColumnAsking {
  model: ModelInfo
  system: string
  settings: ChatSettings
}

export interface Running {
  runId: string
  evalId: string
  user: SessionUser
  run: number
  upTo: number | null
  only: number[] | null
  columns: ColumnAsking[]
  /** Null if no question needs one. */
  judge: ModelInfo | null
  /** The user's own key, if it pays. */
  key: string | undefined
  mostAtOnce: number
  signal: AbortSignal
}

interface Asked {
  question: string
  system: string
  check: EvalCheck
}

type Settled = Came<EvalEnding> | { ending: EvalEnding }

export function evalWork(running: Running): AskingWork<EvalEnding> {
  const { runId, evalId, user, run, columns } = running
  const cells = new EvalCells(running)
  return {
    cells: EVAL_CELLS,
    run: { id: runId, userId: user.id, run, upTo: running.upTo, only: running.only },
    ...{ user, key: running.key, mostAtOnce: running.mostAtOnce, signal: running.signal },
    spent: () => spentOn(runId),
    spendLimit: () => spendLimitOf(runId),
    modelOf: ({ place, said }) => (said && running.judge) || columns[place]?.model,
    ask: (claimed, signal) => cells.ask(claimed, signal),
    end: (held, claimed, ending) =>
      endEvalAnswer(held, claimed, "fault" in ending ? cells.failed(claimed, ending.fault) : ending),
    isRunning: async () => {
      const found = await runById(runId)
      return found !== null && found.deletedAt === null && found.state === "running" && found.run === run
    },
    endRun: (state, stopped) => endRun(runId, run, state, stopped),
    tell: (rows) => notifyEvalChanged(user.id, { id: evalId, run: runId, rows }),
  }
}

const keyOf = ({ number, place }: Claimable) => `${number} ${place}`

class EvalCells {
  private readonly checks = createLimiter(CHECKED_AT_ONCE)
  /** Keys of the cells currently being judged. */
  private readonly judged = new Set<string>()

  constructor(private readonly running: Running) {}

  async ask(claimed: Claimed, signal: AbortSignal): Promise<Settled> {
    const { runId, columns } = this.running
    const { number, place } = claimed
    this.judged.delete(keyOf(claimed))
    const [[row], answer] = await Promise.all([questionsOf(runId, [number]), evalAnswer(runId, number, place)])
    const check = checkSchema.safeParse(row?.check).data
    const column = columns[place]
    if (!row || !check || !column || !answer)
      return { ending: { state: "failed", error: sentence("eval:answer/case"), ...NO_USAGE } }
    const asked = { question: row.question, system: row.system, check }
    const said = saidIn(answer.result)
    if (said === null) return this.askColumn(column, asked, signal)
    if (check.kind !== "judge") return { ending: done(await this.check(said, check)) }
    this.judged.add(keyOf(claimed))
    return this.askJudge({ ...asked, rubric: check.rubric, said, spentUsd: answer.judgeUsd }, signal)
  }

  /** Handles a failed attempt. If it was the judge that failed, the answer is kept, and the reason recorded. */
  failed(claimed: Claimed, fault: CellEnding): EvalEnding {
    if (fault.state !== "failed" || !this.judged.has(keyOf(claimed))) return fault
    const finding = { why: fault.error }
    return { ...fault, state: "done", error: null, verdict: "unjudged", finding }
  }

  private async askColumn(column: ColumnAsking, asked: Asked, signal: AbortSignal): Promise<Settled> {
    const { check, question, system } = asked
    const output =
      check.kind === "json" ? { type: "json_schema" as const, name: check.name, schema: check.schema } : null
    const instructions = [column.system, system].filter((one) => one.trim()).join("\n\n")
    const asking = this.asking(column.model, { output, instructions, settings: column.settings })
    const said = await askModel(asking, turnOf(question), signal)
    const used = usedBy(asking, said)
    return { costUsd: used.costUsd, used, settle: async () => ({ ...(await this.settled(said, check)), ...used }) }
  }

  private async settled(said: Said, check: EvalCheck): Promise<EvalEnding> {
    const { text, finishReason, instead, firstMs, totalMs, tokens } = said
    const ending = {
      ...{ result: { text }, model: instead, firstMs, speed: speedOf(tokens?.output ?? 0, firstMs, totalMs) },
      ...NO_USAGE,
    }
    const failed = (key: "filtered" | "cut" | "empty"): EvalEnding => ({
      ...{ ...ending, state: "failed", error: sentence(`grid:answer/${key}`) },
    })
    if (finishReason === "content-filter") return failed("filtered")
    if (finishReason === "length") return failed("cut")
    if (plainAnswer(text) === "") return failed("empty")
    if (check.kind === "judge") return { ...ending, state: "waiting", runAfter: new Date(), anew: true }
    return { ...ending, ...findingOf(await this.check(text, check)), state: "done" }
  }

  private check(text: string, check: Exclude<EvalCheck, { kind: "judge" }>): Promise<Finding> {
    return this.checks(() => checkText(this.running.user.id, text, check))
  }

  private async askJudge(
    { question, rubric, said, spentUsd }: Asked & { rubric: string; said: string; spentUsd: number | null },
    signal: AbortSignal,
  ): Promise<Settled> {
    const { judge } = this.running
    if (!judge) return { ending: done({ verdict: "unjudged", why: sentence("eval:judge/missing") }) }
    const settings = { output: JUDGE_OUTPUT, instructions: JUDGE_INSTRUCTIONS, settings: JUDGE_SETTINGS }
    const asking = this.asking(judge, settings)
    const answer = await askModel(asking, turnOf(judgePrompt({ question, rubric, answer: plainAnswer(said) })), signal)
    const { usage, costUsd } = usedBy(asking, answer)
    const finding = readJudgment(answer.text, answer.finishReason, answer.instead ?? judge.id)
    const judgeUsd = costUsd === null ? spentUsd : (spentUsd ?? 0) + costUsd
    const settle = async () => ({ ...done(finding), judgeUsd, usage })
    return { costUsd, used: { ...NO_USAGE, usage }, settle }
  }

  private asking(model: ModelInfo, rest: Pick<Asking, "output" | "instructions" | "settings">): Asking {
    const { runId, user, key } = this.running
    return { conversationId: `eval-${runId}`, userId: user.id, model, key, ...rest }
  }
}

const turnOf = (text: string): ChatMessage => ({ id: uuidv7(), role: "user", parts: [{ type: "text", text }] })

const findingOf = ({ verdict, ...finding }: Finding) => ({
  verdict,
  finding: Object.keys(finding).length > 0 ? finding : null,
})

const done = (finding: Finding): EvalEnding => ({ state: "done", ...findingOf(finding), ...NO_USAGE })

async function spentOn(runId: string) {
  const total = { usd: 0, answers: 0 }
  for (const { costUsd, judgeUsd } of await measurementsOf(runId)) {
    total.usd += (costUsd ?? 0) + (judgeUsd ?? 0)
    if (costUsd !== null) total.answers++
  }
  return total
}
