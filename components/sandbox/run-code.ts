/**
 * Runs model-written code in a frame of another origin. The frame enforces the time limit; if it fails to, it is
 * removed.
 */
import { fetchSandbox } from "@/components/base/call-api"
import { type FromFrame, fromFrameSchema, type Outcome, type Run } from "@/lib/sandbox/messages"

export type Stage = "loading" | "running"

export interface Watch {
  signal: AbortSignal
  onStage: (stage: Stage) => void
}

/**
 * `unreachable`: the sandbox or its interpreter can't be loaded. `crashed`: the interpreter ended while the code was
 * running.
 */
export type RunEnd = { outcome: Outcome } | { ended: "late" | "unreachable" | "crashed" | "stopped" }

/**
 * Timeouts in milliseconds: for the frame to report ready, to load an interpreter, and beyond the code's own time
 * limit.
 */
const READY_MS = 15_000
const LOAD_MS = 130_000
const GRACE_MS = 3_000

/** Rejects with an `ApiError` when the server can't say where the sandbox is. */
export async function runCode(run: Omit<Run, "type">, watch: Watch): Promise<RunEnd> {
  const origin = await fetchSandbox()
  if (!origin) return { ended: "unreachable" }
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-scripts")
  frame.title = "Sandbox"
  frame.inert = true
  frame.setAttribute("aria-hidden", "true")
  frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden"
  frame.src = `${origin}/`
  const { port1: port, port2: other } = new MessageChannel()
  try {
    return await new Promise<RunEnd>((resolve) => follow({ frame, port, other, run, watch, resolve }))
  } finally {
    port.close()
    frame.remove()
  }
}

interface Following {
  frame: HTMLIFrameElement
  port: MessagePort
  other: MessagePort
  run: Omit<Run, "type">
  watch: Watch
  resolve: (end: RunEnd) => void
}

function follow({ frame, port, other, run, watch, resolve }: Following): void {
  let timer = 0
  const end = (outcome: RunEnd) => {
    clearTimeout(timer)
    resolve(outcome)
  }
  const within = (ms: number, ended: "late" | "unreachable") => {
    clearTimeout(timer)
    timer = window.setTimeout(() => end({ ended }), ms)
  }
  if (watch.signal.aborted) {
    end({ ended: "stopped" })
    return
  }
  watch.signal.addEventListener("abort", () => end({ ended: "stopped" }), { once: true })
  within(READY_MS, "unreachable")
  const take = (said: FromFrame) => {
    if (said.type === "ready") {
      within(LOAD_MS, "unreachable")
      const message: Run = { type: "run", ...run }
      port.postMessage(
        message,
        run.files.map(({ bytes }) => bytes.buffer),
      )
    } else if (said.type === "stage") {
      watch.onStage(said.stage)
      if (said.stage === "running") within(run.timeMs + GRACE_MS, "late")
    } else if (said.type === "done") end({ outcome: said.outcome })
    else {
      if (said.reason !== "late") console.error(`The sandbox ended: ${said.reason}`, said.detail)
      end({ ended: said.reason === "broken" ? "crashed" : said.reason })
    }
  }
  port.onmessage = ({ data }) => {
    const said = fromFrameSchema.safeParse(data)
    if (said.success) take(said.data)
  }
  // A message to a frame without an origin reaches whatever document is in it: only the port is sent, and the page's
  // CSP limits what can load there.
  frame.addEventListener("load", () => frame.contentWindow?.postMessage(null, "*", [other]), { once: true })
  document.body.append(frame)
}
