/** Calls that this page runs: one after the other, each held by a lease of the server, so that no other page does. */
import { v7 as uuidv7 } from "uuid"
import { ApiError, isFinal, sentenceOf } from "@/components/base/api"
import { claimCall, sendResult } from "@/components/base/call-api"
import { requestText } from "@/components/base/request-texts"
import { Store } from "@/components/base/store"
import type { ResultRequest } from "@/lib/chat/requests"
import { CALL_LEASE_MS, type CallFile, type PageFault } from "@/lib/messages/page-calls"

export type Ran = ResultRequest["result"]

/** What a runner is given beside its input. */
export interface RunContext {
  conversationId: string
  files: CallFile[]
  signal: AbortSignal
  /** `loading`: what runs it is being fetched. */
  onStage: (stage: "loading" | "running") => void
}

/** The default export of `components/tools/NAME/runner.ts`. */
export type Runner = (input: unknown, context: RunContext) => Promise<Ran>

export type RunState =
  | { at: "waiting" | "elsewhere" | "sending" }
  | { at: "loading" | "running"; since: number }
  /** It did not run, and the person says what to do. */
  | { at: "stuck"; fault: PageFault /** Why; null: the sandbox can't be reached. */; said: string | null }

export interface PageCall {
  conversationId: string
  messageId: string
  toolCallId: string
  input: unknown
  load: () => Promise<{ default: Runner }>
  /** The conversation has gone on. */
  onSettled: () => void
}

// The whole module: Turbopack's production build renames an export that only `import: "default"` names, and finds nothing.
const runners = import.meta.glob<{ default: Runner }>("./*/runner.ts")

/** What runs calls of a tool on this page; undefined for tools that none does. */
export const runnerOf = (name: string): PageCall["load"] | undefined => runners[`./${name}/runner.ts`]

/** Milliseconds between two looks at a call that another page runs. */
const LOOK_MS = 5_000

/** This page, as the server knows it. */
const holder = uuidv7()

export class PageRun {
  readonly state = new Store<RunState>({ at: "waiting" })
  private abort = new AbortController()
  private ended = false

  constructor(private readonly call: PageCall) {}

  /** Ends it: the model is told so. */
  stop = (): void => this.abort.abort()

  /** Once more, where it did not run. */
  retry = (): void => {
    this.state.set({ at: "waiting" })
    void start(this)
  }

  /** Goes on without it. */
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
      // What can't be fetched now may be later: the person decides.
      if (ran.kind === "fault" && ran.fault === "unreachable")
        this.state.set({ at: "stuck", fault: ran.fault, said: null })
      else await this.send(ran)
    } catch (error) {
      this.getStuck(error)
    } finally {
      clearInterval(renew)
    }
  }

  /** Nothing came of it: our server can't be asked or has refused, or the page itself has a fault. */
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

  private async send(result: Ran): Promise<void> {
    const { conversationId, messageId, toolCallId, onSettled } = this.call
    this.state.set({ at: "sending" })
    const request = { messageId, toolCallId, holder, result, generationId: uuidv7() }
    for (let wait = 500; !this.ended; wait = Math.min(wait * 2, 10_000))
      try {
        await sendResult(conversationId, request)
        this.ended = true
      } catch (error) {
        // Refused for good: it goes on elsewhere, or has gone on.
        if (isFinal(error)) this.ended = true
        else await new Promise((resolve) => setTimeout(resolve, wait))
      }
    onSettled()
  }

  /** Nobody waits for it any more. */
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

/** The run of a call on this page; it begins with the first who asks. */
export function pageRun(call: PageCall): PageRun {
  const key = `${call.messageId} ${call.toolCallId}`
  const known = runs.get(key)
  if (known) return known
  const run = new PageRun(call)
  runs.set(key, run)
  void start(run)
  return run
}
