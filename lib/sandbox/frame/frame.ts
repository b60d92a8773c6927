/**
 * The frame's page: starts a worker for each run and terminates it when its time is up. Models' code never runs here,
 * only in the worker, which has no document, no WebRTC, and nothing to navigate, and inherits this page's policy.
 */
import { outcomeOf, Printed } from "@/lib/sandbox/frame/outcome"
import {
  type FromFrame,
  fromWorkerSchema,
  type Run,
  runSchema,
  type ToWorker,
  wheelsSchema,
} from "@/lib/sandbox/messages"

/** Timeout in milliseconds for downloading and starting an interpreter. */
const LOAD_MS = 120_000
const base = new URL("./", location.href).href

const scripts = { javascript: "javascript.js", python: "python.js" } as const

async function fetched(name: string): Promise<Response> {
  const response = await fetch(new URL(name, base))
  if (!response.ok) throw new Error(`${name}: ${response.status}`)
  return response
}

/** The worker's script, and the files that the language's interpreter needs. */
const interpreterOf = (language: Run["language"]) =>
  Promise.all([
    fetched(scripts[language]).then((response) => response.text()),
    language === "javascript" ? fetched("quickjs.wasm").then((response) => response.arrayBuffer()) : null,
    language === "python"
      ? fetched("wheels.json").then(async (response) => wheelsSchema.parse(await response.json()))
      : [],
  ])

async function run(port: MessagePort, asked: Run): Promise<void> {
  const say = (message: FromFrame, transfer: Transferable[] = []) => port.postMessage(message, transfer)
  let worker: Worker | null = null
  let timer = setTimeout(() => broken("loading"), LOAD_MS)
  let running = false
  let since = 0
  const printed = new Printed()
  const end = (reason: "late" | "unreachable" | "broken", detail: string) => {
    clearTimeout(timer)
    worker?.terminate()
    say({ type: "ended", reason, detail: detail.slice(0, 2_000) })
  }
  /** Reports what was printed until then. */
  const late = () => {
    if (String(printed) === "") return end("late", "running")
    worker?.terminate()
    const error = `TimeoutError: stopped after ${asked.timeMs / 1_000} seconds`
    say({ type: "done", outcome: outcomeOf(printed, since, { error }) })
  }
  const broken = (detail: string) => end(running ? "broken" : "unreachable", detail)
  try {
    say({ type: "stage", stage: "loading" })
    const { language } = asked
    const [source, wasm, wheels] = await interpreterOf(language)
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }))
    const made = new Worker(address)
    worker = made
    made.onerror = (event) => {
      event.preventDefault()
      broken(event.message ?? "")
    }
    made.onmessage = ({ data }) => {
      const said = fromWorkerSchema.safeParse(data)
      if (!said.success) return broken("unreadable")
      if (said.data.type === "broken") return broken(said.data.detail)
      if (said.data.type === "printed") return printed.add(said.data.text)
      if (said.data.type === "running") {
        running = true
        since = performance.now()
        clearTimeout(timer)
        timer = setTimeout(late, asked.timeMs)
        return say({ type: "stage", stage: "running" })
      }
      clearTimeout(timer)
      made.terminate()
      const { outcome } = said.data
      say(
        { type: "done", outcome },
        outcome.files.map(({ bytes }) => bytes.buffer),
      )
    }
    const { type: _type, ...rest } = asked
    const message: ToWorker = { ...rest, base, wasm, wheels }
    made.postMessage(message, [...asked.files.map(({ bytes }) => bytes.buffer), ...(wasm ? [wasm] : [])])
  } catch (error) {
    broken(String(error))
  }
}

addEventListener(
  "message",
  ({ source, ports: [port] }) => {
    if (source !== parent || !port) return
    let begun = false
    port.onmessage = ({ data }) => {
      const asked = runSchema.safeParse(data)
      // One run per frame.
      if (begun || !asked.success) return
      begun = true
      void run(port, asked.data)
    }
    const ready: FromFrame = { type: "ready" }
    port.postMessage(ready)
  },
  { once: true },
)
