/**
 * Runs rows in this process: claims them, requests as many at once as the model server can handle, and writes each
 * result once. Ends when no rows are left, when the run is paused, or when an error stops it, which it reports as a
 * sentence. `AskingWork` defines what a row is and how its answer is processed: for data grids and evals.
 */
import { setTimeout as sleep } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { NO_USAGE } from "@/lib/asking/ask"
import { faultOfTry, storedSentence } from "@/lib/asking/fault"
import { RowNews } from "@/lib/asking/news"
import { Pace } from "@/lib/asking/pace"
import type { SessionUser } from "@/lib/auth/sessions"
import {
  ANSWER_RENEW_MS,
  type CellEnding,
  type CellRun,
  type CellTable,
  type Claimable,
  type Claimed,
  claimableOf,
  claimOf,
  renewOf,
  untilNextOf,
} from "@/lib/db/cells/cells"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { AppError } from "@/lib/http/errors"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"
import { logFault } from "@/lib/log"
import type { ModelInfo } from "@/lib/models/model.types"
import { paymentOf, quotaError } from "@/lib/quota/quotas"

/** Initial number of rows requested at once. */
const FIRST_AT_ONCE = 4
/** Milliseconds that running answers get to finish when the process ends. */
const LAST_MS = 4_000
const LOOK_AGAIN_MS = 1_000
/** Milliseconds before each retry of storing an answer. */
const WRITE_WAITS_MS = [200, 1_000, 4_000]
/** Milliseconds without any answer from a server at capacity, after which the run stops. */
const PATIENCE_MS = 15 * 60_000

type Used = Pick<CellEnding, "inputTokens" | "outputTokens" | "costUsd" | "usage">

/** An answer that arrived, before it is processed. */
export interface Came<Ending extends CellEnding> {
  /** US dollars; null: not known. */
  costUsd: number | null
  /** Counts regardless of the result. */
  used: Used
  /** Processes the answer. */
  settle(): Promise<Ending>
}

/** The rows to request, and where their answers are stored. */
export interface AskingWork<Ending extends CellEnding> {
  cells: CellTable
  run: Omit<CellRun, "holder">
  user: SessionUser
  /** The person's own key, if it pays. */
  key: string | undefined
  /** Maximum rows requested at once. */
  mostAtOnce: number
  /** Aborts when this process ends or has lost the run. */
  signal: AbortSignal
  /** US dollars spent before, and for how many answers. */
  spent(): Promise<{ usd: number; answers: number }>
  /** The current spend limit in US dollars; null: none. */
  spendLimit(): Promise<number | null>
  /** The model for this row; undefined: there is none. */
  modelOf(one: Claimable): ModelInfo | undefined
  /**
   * Requests the answer, or returns an ending if there is nothing to request. Rejects with the model server's error.
   */
  ask(claimed: Claimed, signal: AbortSignal): Promise<Came<Ending> | { ending: Ending }>
  /** Stores the result of an attempt. `fault`: it had no answer. */
  end(run: CellRun, claimed: Claimed, ending: Ending | { fault: CellEnding }): Promise<boolean>
  /** Whether this start of the run is still active. */
  isRunning(): Promise<boolean>
  /** Stores how the run ended. */
  endRun(state: "paused" | "done", stopped: Sentence | null): Promise<unknown>
  /** Notifies open pages of changed rows; null: many. Never rejects. */
  tell(rows: number[] | null): Promise<void>
}

export class AskingRunner<Ending extends CellEnding> {
  private readonly run: CellRun
  private readonly pace: Pace
  private readonly asked = new Map<Claimed, Promise<void>>()
  /** Callbacks that return an answer to the guests' daily budget. */
  private readonly giveBacks = new Map<Claimed, () => void>()
  private readonly abort = new AbortController()
  private readonly news: RowNews
  private spentUsd = 0
  private priced = 0
  private stopped: Sentence | null = null
  /** The payer has changed: the run must restart with what the new payer may use. */
  private otherPayer = false
  /** The error that kept an answer from being stored. */
  private broken: unknown
  private lastAnswer = Date.now()
  private wake = () => {}

  constructor(private readonly work: AskingWork<Ending>) {
    this.run = { ...work.run, holder: uuidv7() }
    this.pace = new Pace({ first: Math.min(FIRST_AT_ONCE, work.mostAtOnce), most: work.mostAtOnce })
    this.news = new RowNews((rows) => work.tell(rows))
  }

  /**
   * Resolves when this runner is done with the run. True: another runner must continue, because the payer has changed.
   */
  async runAll(): Promise<boolean> {
    const { signal, cells } = this.work
    const { usd, answers } = await this.work.spent()
    this.spentUsd += usd
    this.priced += answers
    const renewal = setInterval(() => void renewOf(cells, this.run).catch(logRenewal), ANSWER_RENEW_MS)
    const onAbort = () => {
      this.wake()
      setTimeout(() => this.abort.abort(), LAST_MS).unref()
    }
    signal.addEventListener("abort", onAbort, { once: true })
    this.news.tellAll()
    try {
      while (!signal.aborted && !this.hasEnded() && (await this.round())) {}
      await Promise.all(this.asked.values())
      if (this.broken !== undefined) throw this.broken
      if (!this.otherPayer) await this.conclude()
      return this.otherPayer && !signal.aborted
    } finally {
      clearInterval(renewal)
      signal.removeEventListener("abort", onAbort)
      await Promise.all(this.asked.values())
      await this.news.end()
    }
  }

  private hasEnded(): boolean {
    return this.stopped !== null || this.otherPayer || this.broken !== undefined
  }

  /** Starts rows that may start, and waits until there is more to do. False when nothing is left of this run. */
  private async round(): Promise<boolean> {
    const begun = await this.beginSome()
    if (this.hasEnded()) return false
    if (this.asked.size > 0) {
      await this.something(this.pace.waitMs(Date.now()) || LOOK_AGAIN_MS)
      return true
    }
    if (begun > 0) return true
    if (!(await this.work.isRunning())) return false
    const ms = await untilNextOf(this.work.cells, this.run)
    if (ms === null) return false
    await this.something(Math.max(Math.min(ms, LOOK_AGAIN_MS * 5), this.pace.waitMs(Date.now()), 20))
    return true
  }

  /** Resolves when an answer arrives, when the run is to end, or after this many milliseconds. */
  private async something(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.work.signal.aborted) this.wake()
    })
  }

  private async beginSome(): Promise<number> {
    if (this.pace.limit <= this.asked.size || this.pace.waitMs(Date.now()) > 0) return 0
    const free = Math.min(this.pace.limit, this.mayBegin(await this.work.spendLimit())) - this.asked.size
    if (free <= 0) return 0
    let begun = 0
    for (const one of await claimableOf(this.work.cells, this.run, free)) {
      if (this.work.signal.aborted || this.hasEnded()) break
      const claimed = await this.claimOne(one)
      if (!claimed) continue
      begun++
      const asked = this.answerRow(claimed)
        .catch((error: unknown) => logFault(`row ${one.number} of ${this.run.id}`, error))
        .finally(() => {
          this.asked.delete(claimed)
          this.wake()
        })
      this.asked.set(claimed, asked)
    }
    return begun
  }

  /**
   * Rows that may be requested at once within the spend limit, based on the average cost so far. Stops the run at the
   * limit.
   */
  private mayBegin(spendLimitUsd: number | null): number {
    if (spendLimitUsd === null) return Number.POSITIVE_INFINITY
    const left = spendLimitUsd - this.spentUsd
    const each = this.priced > 0 ? this.spentUsd / this.priced : 0
    const most = each > 0 ? Math.floor(left / each) : left > 0 ? FIRST_AT_ONCE : 0
    if (most <= 0 && this.asked.size === 0)
      this.stop(sentence("grid:stopped/limit", { usd: spendLimitUsd.toFixed(2), spent: this.spentUsd.toFixed(4) }))
    return Math.max(0, most)
  }

  private async claimOne(one: Claimable): Promise<Claimed | null> {
    const { user, cells } = this.work
    const model = this.work.modelOf(one)
    let giveBack = () => {}
    try {
      const { key, taken } = await paymentOf(user, model ? [model] : [])
      if (key !== this.work.key) {
        this.otherPayer = true
        return null
      }
      // A retried row doesn't count as another answer.
      const isFirst = model !== undefined && one.attempts === 0
      if (isFirst) giveBack = await takeGuestAnswers(user, 1)
      const claimed = await claimOf(cells, this.run, one, isFirst ? taken : undefined)
      if (claimed) {
        this.giveBacks.set(claimed, giveBack)
        this.news.changed(one.number)
      } else giveBack()
      return claimed
    } catch (thrown) {
      giveBack()
      const error = await quotaError(user, thrown)
      if (!(error instanceof AppError)) throw error
      this.stop(storedSentence(error))
      return null
    }
  }

  private async answerRow(claimed: Claimed): Promise<void> {
    let came: Awaited<ReturnType<AskingWork<Ending>["ask"]>>
    try {
      came = await this.work.ask(claimed, this.abort.signal)
    } catch (thrown) {
      return this.endFailed(claimed, thrown)
    }
    if ("ending" in came) return this.end(claimed, { ...came.ending, unasked: true })
    this.lastAnswer = Date.now()
    this.pace.succeeded()
    this.spentUsd += came.costUsd ?? 0
    if (came.costUsd !== null) this.priced++
    const { used } = came
    const failed = (error: unknown) => {
      logFault(`row ${claimed.number} of ${this.run.id}`, error)
      return { fault: unstored(used) }
    }
    await this.end(claimed, await came.settle().catch(failed))
  }

  private async endFailed(claimed: Claimed, thrown: unknown): Promise<void> {
    const now = Date.now()
    const waiting = (runAfter: number): CellEnding => ({
      ...{ state: "waiting", runAfter: new Date(runAfter), uncounted: true, unasked: true },
      ...NO_USAGE,
    })
    const end = (fault: CellEnding) => this.end(claimed, { fault })
    // The process is ending: the row is requested again, here or in another process.
    if (this.abort.signal.aborted) return end(waiting(now))
    // An answer nested too deeply to parse would be so again, and would cost money each time.
    if (thrown instanceof RangeError) return end({ state: "failed", error: sentence("grid:answer/deep"), ...NO_USAGE })
    const fault = faultOfTry(thrown, claimed.attempts)
    const error = storedSentence(fault.error)
    if (fault.kind === "no room") {
      this.pace.refused(claimed.startedAt, now, fault.retryAfterMs)
      if (now - this.lastAnswer > PATIENCE_MS) this.stop(error)
      return end(waiting(now + this.pace.waitMs(now)))
    }
    if (fault.kind === "of all") {
      this.stop(error)
      return end(waiting(now))
    }
    if (fault.kind === "again")
      return end({ state: "waiting", error, runAfter: new Date(now + fault.waitMs), ...NO_USAGE })
    return end({ state: "failed", error, ...NO_USAGE })
  }

  private async end(claimed: Claimed, ending: Ending | { fault: CellEnding }): Promise<void> {
    const fault = "fault" in ending ? ending.fault : ending
    try {
      // An answer that can't be stored counts as failed, because it would fail each time.
      const isOurs = await this.write(claimed, ending).catch(() =>
        this.work.end(this.run, claimed, { fault: unstored(fault) }),
      )
      if (isOurs && fault.unasked) this.giveBacks.get(claimed)?.()
    } catch (error) {
      // The row is then unclaimed, and requested again once the database is back.
      this.broken ??= error
    }
    this.giveBacks.delete(claimed)
    this.news.changed(claimed.number)
  }

  /** Retries, so that a short database outage loses no answer. */
  private async write(claimed: Claimed, ending: Ending | { fault: CellEnding }): Promise<boolean> {
    for (const wait of WRITE_WAITS_MS) {
      try {
        return await this.work.end(this.run, claimed, ending)
      } catch (error) {
        logFault(`row ${claimed.number} of ${this.run.id}`, error)
        if (error instanceof RangeError) throw error
        await sleep(wait)
      }
    }
    return this.work.end(this.run, claimed, ending)
  }

  /** Starts no more rows; the first reason is kept. */
  private stop(why: Sentence): void {
    this.stopped ??= why
    this.wake()
  }

  /** Stores how the run ended, unless another process continues it. */
  private async conclude(): Promise<void> {
    if (this.stopped !== null) await this.work.endRun("paused", this.stopped)
    else if (!this.work.signal.aborted) {
      const rest = await untilNextOf(this.work.cells, { ...this.run, upTo: null, only: null })
      await this.work.endRun(rest === null ? "done" : "paused", null)
    }
    this.news.tellAll()
  }
}

const unstored = ({ inputTokens, outputTokens, costUsd, usage }: Used): CellEnding => ({
  ...{ state: "failed", error: sentence("grid:answer/unstored"), inputTokens, outputTokens, costUsd, usage },
})

const logRenewal = (error: unknown) => logFault("renewing leases of rows", error)
