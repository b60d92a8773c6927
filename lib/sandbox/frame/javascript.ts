/** The JavaScript worker: QuickJS with limits on memory and time, and without browser objects. */
import variant from "@jitl/quickjs-wasmfile-release-sync"
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from "quickjs-emscripten-core"
import { outcomeOf, Printed } from "@/lib/sandbox/frame/outcome"
import type { Outcome, ToWorker } from "@/lib/sandbox/messages"

/** Runs in the interpreter: defines `console` and how values are displayed. */
const PRELUDE = `(() => {
  const print = globalThis.__print; delete globalThis.__print
  const seen = []
  const show = (value, depth = 0) => {
    if (typeof value === "string") return depth ? JSON.stringify(value) : value
    if (typeof value === "bigint") return value + "n"
    if (typeof value === "function") return "[Function " + (value.name || "anonymous") + "]"
    if (typeof value !== "object" || value === null) return String(value)
    if (value instanceof Error) return value.stack ? value.name + ": " + value.message + "\\n" + value.stack : String(value)
    if (value instanceof Date) return isNaN(value) ? "Invalid Date" : value.toISOString()
    if (value instanceof RegExp) return String(value)
    if (seen.includes(value)) return "[Circular]"
    if (depth > 4) return Array.isArray(value) ? "[…]" : "{…}"
    seen.push(value)
    try {
      const list = (items, open, close) => {
        const shown = []
        for (const item of items) { if (shown.length === 200) { shown.push("…"); break } shown.push(item) }
        const line = shown.join(", ")
        return line.length > 100 ? open + "\\n" + shown.map((one) => "  ".repeat(depth + 1) + one).join(",\\n") + "\\n" + "  ".repeat(depth) + close : open + line + close
      }
      if (Array.isArray(value)) return list(value.slice(0, 201).map((one) => show(one, depth + 1)), "[", "]")
      if (value instanceof Map) return "Map " + list([...value].slice(0, 201).map(([k, v]) => show(k, depth + 1) + " => " + show(v, depth + 1)), "{", "}")
      if (value instanceof Set) return "Set " + list([...value].slice(0, 201).map((one) => show(one, depth + 1)), "{", "}")
      if (ArrayBuffer.isView(value) && value.length !== undefined) return value.constructor.name + " " + list([...value.slice(0, 201)].map(String), "[", "]")
      if (value instanceof Promise) return "Promise {}"
      return list(Object.entries(value).slice(0, 201).map(([k, v]) => (/^[\\w$]+$/.test(k) ? k : JSON.stringify(k)) + ": " + show(v, depth + 1)), "{", "}")
    } finally { seen.pop() }
  }
  const say = (...values) => print(values.map((value) => show(value)).join(" "))
  globalThis.console = { log: say, info: say, warn: say, error: say, debug: say, table: say, dir: say }
  return (value) => (value === undefined ? undefined : show(value))
})()`

addEventListener(
  "message",
  async ({ data }: MessageEvent<ToWorker>) => {
    try {
      const outcome = await run(data)
      postMessage({ type: "done", outcome })
    } catch (error) {
      postMessage({ type: "broken", detail: String(error) })
    }
  },
  { once: true },
)

async function run({ code, wasm, memoryBytes, timeMs }: ToWorker): Promise<Outcome> {
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, wasm ? { wasmBinary: wasm } : {}))
  postMessage({ type: "running" })
  const since = performance.now()
  const printed = new Printed()
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit(memoryBytes)
  runtime.setMaxStackSize(128 * 1024)
  // The frame terminates what the interpreter doesn't interrupt.
  runtime.setInterruptHandler(() => performance.now() - since > timeMs - 500)
  const vm = runtime.newContext()
  const print = vm.newFunction("print", (text) => {
    printed.add(`${vm.getString(text)}\n`)
  })
  vm.setProp(vm.global, "__print", print)
  const timers = addTimers(vm)
  const show = vm.unwrapResult(vm.evalCode(PRELUDE, "prelude.js"))
  const shown = (value: QuickJSHandle): string | undefined => {
    const text = vm.callFunction(show, vm.undefined, value)
    if (text.error) return undefined
    return vm.typeof(text.value) === "undefined" ? undefined : vm.getString(text.value)
  }
  try {
    return await settled(vm, { code, printed, since, shown, timers })
  } catch (error) {
    // The code exceeded the worker's own stack.
    return outcomeOf(printed, since, { error: String(error) })
  }
}

interface Running {
  code: string
  printed: Printed
  since: number
  shown: (value: QuickJSHandle) => string | undefined
  timers: { next: () => Promise<boolean> }
}

async function settled(vm: QuickJSContext, { code, printed, since, shown, timers }: Running): Promise<Outcome> {
  const failed = (error: QuickJSHandle) => outcomeOf(printed, since, { error: errorText(vm, error) })
  const begun = vm.evalCode(`(async () => {\n${code}\n})()`, "code.js")
  if (begun.error) return failed(begun.error)
  for (;;) {
    const jobs = vm.runtime.executePendingJobs()
    if (jobs.error) return failed(jobs.error)
    const state = vm.getPromiseState(begun.value)
    if (state.type === "fulfilled") return outcomeOf(printed, since, { value: shown(state.value) })
    if (state.type === "rejected") return failed(state.error)
    if (!(await timers.next()))
      return outcomeOf(printed, since, { error: "Error: the code awaits a promise that never settles" })
  }
}

function errorText(vm: QuickJSContext, handle: QuickJSHandle): string {
  const error: unknown = vm.dump(handle)
  if (typeof error !== "object" || error === null) return String(error)
  const { name = "Error", message = "", stack = "" } = error as Record<string, unknown>
  // The first line is ours.
  const lines = String(stack).replace(/code\.js:(\d+)/g, (_, line) => `code.js:${Number(line) - 1}`)
  return `${String(name)}: ${String(message)}${lines ? `\n${lines.trimEnd()}` : ""}`
}

/** `setTimeout` and similar functions. `next` waits for the next timer and runs it; false if there is none. */
function addTimers(vm: QuickJSContext) {
  const waiting = new Map<number, { at: number; every: number | null; run: QuickJSHandle }>()
  let last = 0
  const add = (repeats: boolean) => (run: QuickJSHandle, ms?: QuickJSHandle) => {
    const wait = Math.max(0, Number(ms ? vm.dump(ms) : 0) || 0)
    if (waiting.size > 1_000) throw new Error("too many timers")
    waiting.set(++last, { at: performance.now() + wait, every: repeats ? Math.max(1, wait) : null, run: run.dup() })
    return vm.newNumber(last)
  }
  const clear = (id?: QuickJSHandle) => void waiting.delete(Number(id ? vm.dump(id) : 0))
  for (const [name, made] of Object.entries({
    setTimeout: vm.newFunction("setTimeout", add(false)),
    setInterval: vm.newFunction("setInterval", add(true)),
    clearTimeout: vm.newFunction("clearTimeout", clear),
    clearInterval: vm.newFunction("clearInterval", clear),
  }))
    vm.setProp(vm.global, name, made)
  const next = async (): Promise<boolean> => {
    const [first] = [...waiting].sort(([, a], [, b]) => a.at - b.at)
    if (!first) return false
    const [id, timer] = first
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, timer.at - performance.now())))
    if (timer.every === null) waiting.delete(id)
    else timer.at = performance.now() + timer.every
    vm.callFunction(timer.run, vm.undefined).dispose()
    return true
  }
  return { next }
}
