/** Runs tool calls on this page, one at a time, each with a lease from the server so that no other page runs it. */
import { v7 as uuidv7 } from "uuid"
import { ApiError, isFinal, sentenceOf } from "@/components/base/api"
import { claimCall, sendResult } from "@/components/base/call-api"
import { requestText } from "@/components/base/request-texts"
import { Store } from "@/components/base/store"
import type { ResultRequest } from "@/lib/chat/requests"
import { CALL_LEASE_MS, type CallFile, type PageFault } from "@/lib/messages/page-calls"

export type RunResult = ResultRequest["result"]

/** Context passed to a runner besides its input. */
export interface RunContext {
  conversationId: string
  files: CallFile[]
  signal: AbortSignal
  /** `loading`: the runner's code is being loaded. */
  onStage: (stage: "loading" | "running") => void
}

/** The default export of `components/tools/NAME/runner.ts`. */
export type Runner = (input: unknown, context: RunContext) => Promise<RunResult>

export type RunState =
  | { at: "waiting" | "elsewhere" | "sending" }
  | { at: "loading" | "running"; since: number }
  /** It did not run, and the user decides what to do. */
  | { at: "stuck"; fault: PageFault /** `said`: why; null: the sandbox can't be reached. */; said: string | null }

export interface PageCall {
  conversationId: string
  messageId: string
  toolCallId: string
  input: unknown
  load: () => Promise<{ default: Runner }>
  /** The conversation has continued. */
  onSettled: () => void
}

// Imports the whole module: Turbopack's production build renames an export named only by `import: "default"` and then
// can't find it.
const runners = import.meta.glob<{ default: Runner }>("./*/runner.ts")

/** Loads the runner of a tool on this page; undefined for tools without one. */
export const runnerOf = (name: string): PageCall["load"] | undefined => runners[`./${name}/runner.ts`]

/** Milliseconds between polls of a call that another page runs. */
const LOOK_MS = 5_000

/** Identifies this page to the server. */
const holder = uuidv7()

export class PageRun {
  readonly state = new Store<RunState>({ at: "waiting" })
  private abort = new AbortController()
  private ended = false

  constructor(private readonly call: PageCall) {}

  /** Aborts the run and tells the model. */
  stop = (): void => this.abort.abort()

  /** Retries a call that did not run. */
  retry = (): void => {
    this.state.set({ at: "waiting" })
    void start(this)
  }

  /** Continues without it. */
  skip = (fault: PageFault): void => void this.send({ kind: "fault", fault })

  async run(): Promise<void> {
    if (this.ended) return
    const { conversationId, messageId, toolCallId, input, load, onSettled } = this.call
    const claim = { messageId, toolCallId, holder }
    this.abort = new AbortController()
    const { signal } = this.abort
    let files: CallFile[]
    try {
      files = await claimCall(conversationId, { ...claim, files: true })
    } catch (error) {
      if (error instanceof ApiError && error.code === "tool:taken") return this.waitForOther()
      if (isFinal(error)) return onSettled()
      return this.getStuck(error)
    }
    const renew = setInterval(() => void claimCall(conversationId, claim).catch(() => {}), CALL_LEASE_MS / 3)
    try {
      const { default: run } = await load()
      const onStage = (at: "loading" | "running") => this.state.set({ at, since: Date.now() })
      const ran = await run(input, { conversationId, files, signal, onStage })
      // Loading may succeed later: the user decides.
      if (ran.kind === "fault" && ran.fault === "unreachable")
        this.state.set({ at: "stuck", fault: ran.fault, said: null })
      else await this.send(ran)
    } catch (error) {
      this.getStuck(error)
    } finally {
      clearInterval(renew)
    }
  }

  /** There is no result: our server is unreachable or has refused, or the page itself has a bug. */
  private getStuck(error: unknown): void {
    const isUnloaded = error instanceof Error && error.name === "ChunkLoadError"
    if (!(error instanceof ApiError || isUnloaded)) console.error("A tool that runs in the page failed:", error)
    const said = isUnloaded ? requestText("unreachable") : sentenceOf(error, requestText("broken"))
    this.state.set({ at: "stuck", fault: "failed", said })
  }

  private waitForOther(): void {
    this.state.set({ at: "elsewhere" })
    setTimeout(() => void start(this), LOOK_MS)
  }

  private async send(result: RunResult): Promise<void> {
    const { conversationId, messageId, toolCallId, onSettled } = this.call
    this.state.set({ at: "sending" })
    const request = { messageId, toolCallId, holder, result, generationId: uuidv7() }
    for (let wait = 500; !this.ended; wait = Math.min(wait * 2, 10_000))
      try {
        await sendResult(conversationId, request)
        this.ended = true
      } catch (error) {
        // Refused permanently: it continues elsewhere, or already has.
        if (isFinal(error)) this.ended = true
        else await new Promise((resolve) => setTimeout(resolve, wait))
      }
    onSettled()
  }

  /** Its result is no longer needed. */
  leave(): void {
    this.ended = true
    this.abort.abort()
  }
}

const runs = new Map<string, PageRun>()
let line: Promise<unknown> = Promise.resolve()

function start(run: PageRun): Promise<unknown> {
  line = line.then(() => run.run())
  return line
}

/** The run of a call on this page; the first caller starts it. */
export function pageRun(call: PageCall): PageRun {
  const key = `${call.messageId} ${call.toolCallId}`
  const known = runs.get(key)
  if (known) return known
  const run = new PageRun(call)
  runs.set(key, run)
  void start(run)
  return run
}
