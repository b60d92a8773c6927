/** The Python worker: Pyodide with limited memory, and without the browser APIs that it doesn't need. */
import { outcomeOf, Printed, printer } from "@/lib/sandbox/frame/outcome"
import { MAX_CHART_CHARS, MAX_FILE_BYTES, MAX_FILES } from "@/lib/sandbox/limits"
import type { Outcome, SandboxFile, ToWorker } from "@/lib/sandbox/messages"

/** The parts of Pyodide that are used: its own types need the whole DOM. */
interface Pyodide {
  FS: {
    readdir(path: string): string[]
    stat(path: string): { mode: number; size: number; mtime: Date }
    isDir(mode: number): boolean
    readFile(path: string): Uint8Array<ArrayBuffer>
    writeFile(path: string, data: Uint8Array | string): void
    mkdirTree(path: string): void
  }
  setStdout(options: { batched: (text: string) => void }): void
  setStderr(options: { batched: (text: string) => void }): void
  runPython(code: string): unknown
  runPythonAsync(code: string, options?: { filename?: string }): Promise<unknown>
  loadPackage(urls: string[], options: { messageCallback: () => void }): Promise<unknown>
}

const HOME = "/home/pyodide"
const SUPPORT = "/lib/sparkler"

const MODULE = `import json as _json
_charts = []

def show_chart(**arguments):
    """Show a chart to the person: the arguments of the tool show_chart."""
    _charts.append(_json.loads(_json.dumps(arguments, default=_plain)))

def _plain(value):
    for name in ("tolist", "isoformat", "item"):
        if hasattr(value, name):
            return getattr(value, name)()
    return str(value)
`

/** APIs that Python code could request from a worker: blocked by the policy, and removed as well. */
const UNNEEDED = [
  ...[
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "WebSocketStream",
    "WebTransport",
    "EventSource",
    "importScripts",
    "Worker",
  ],
  ...[
    "SharedWorker",
    "BroadcastChannel",
    "indexedDB",
    "caches",
    "navigator",
    "Notification",
    "FontFace",
    "OffscreenCanvas",
  ],
]

addEventListener(
  "message",
  async ({ data }: MessageEvent<ToWorker>) => {
    try {
      const outcome = await run(data)
      const message = { type: "done", outcome }
      postMessage(message, { transfer: outcome.files.map(({ bytes }) => bytes.buffer) })
    } catch (error) {
      postMessage({ type: "broken", detail: String(error) })
    }
  },
  { once: true },
)

/** Pyodide's memory grows through this function; it treats a refusal as out of memory. */
function boundMemory(bytes: number): void {
  const { prototype } = WebAssembly.Memory
  const { grow } = prototype
  prototype.grow = function (pages: number) {
    if (this.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError("out of memory")
    return grow.call(this, pages)
  }
}

async function run({ code, files, base, wheels, memoryBytes }: ToWorker): Promise<Outcome> {
  boundMemory(memoryBytes)
  const { loadPyodide } = await import(`${base}pyodide/pyodide.mjs`)
  const safe = { setTimeout, clearTimeout, Object, Array, Promise, Map, Set, Error, Math, Date, JSON, Uint8Array }
  const python: Pyodide = await loadPyodide({ indexURL: `${base}pyodide/`, jsglobals: safe })
  const wanted = wheelsFor(code, wheels)
  if (wanted.length > 0)
    await python.loadPackage(
      wanted.map(({ url }) => new URL(url, base).href),
      { messageCallback: () => {} },
    )
  for (const name of UNNEEDED) Object.defineProperty(globalThis, name, { value: undefined })
  python.FS.mkdirTree(SUPPORT)
  python.FS.writeFile(`${SUPPORT}/sparkler.py`, MODULE)
  python.runPython(`import sys; sys.path.append("${SUPPORT}")`)
  for (const { name, bytes } of files) python.FS.writeFile(`${HOME}/${safeName(name)}`, bytes)
  const before = timesIn(python)
  const printed = new Printed()
  const tell = printer((text) => postMessage({ type: "printed", text }))
  const batched = (text: string) => {
    printed.add(`${text}\n`)
    tell(`${text}\n`)
  }
  python.setStdout({ batched })
  python.setStderr({ batched })
  postMessage({ type: "running" })
  const since = performance.now()
  let value: string | undefined
  let error: string | undefined
  try {
    value = represented(python, await python.runPythonAsync(code, { filename: "code.py" }))
  } catch (thrown) {
    error = traceback(thrown)
  }
  python.runPython("import sys; sys.stdout.flush(); sys.stderr.flush()")
  const charts: unknown = JSON.parse(
    String(python.runPython("import sys, json; json.dumps(getattr(sys.modules.get('sparkler'), '_charts', []))")),
  )
  const { written, cut } = writtenFiles(python, before)
  const drawn = Array.isArray(charts) ? charts : []
  const shown = fittingCharts(drawn)
  return outcomeOf(printed, since, {
    ...{ value, error, charts: shown, files: written },
    cut: cut || shown.length < drawn.length,
  })
}

/** The first charts, as many as fit. */
function fittingCharts(drawn: Outcome["charts"]): Outcome["charts"] {
  let room = MAX_CHART_CHARS
  return drawn.slice(0, 8).filter((chart) => {
    room -= JSON.stringify(chart).length
    return room >= 0
  })
}

function wheelsFor(code: string, wheels: ToWorker["wheels"]): ToWorker["wheels"] {
  const imported = new Set(
    Array.from(code.matchAll(/^\s*(?:from|import)\s+([\w.]+(?:\s*,\s*[\w.]+)*)/gm), ([, names = ""]) => names).flatMap(
      (names) => names.split(",").map((name) => name.trim().split(".")[0] ?? ""),
    ),
  )
  const isWanted = wheels.some(({ modules }) => modules.some((name) => imported.has(name)))
  // One wheel may need another, so all are loaded: an operator's folder is small.
  return isWanted ? wheels : []
}

const safeName = (name: string): string => name.replace(/[/\\\0]/g, "_").replace(/^\.+/, "_")

function represented(python: Pyodide, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const repr = python.runPython("repr")
  const text = typeof repr === "function" ? String(repr(value)) : String(value)
  return text
}

/** The traceback lines of the person's code, without those of the interpreter. */
function traceback(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const lines = text.trimEnd().split("\n")
  const own = lines.findIndex((line) => line.includes('File "code.py"'))
  return own > 0 ? [lines[0], ...lines.slice(own)].join("\n") : text.trimEnd()
}

function* filesBelow(
  { FS }: Pyodide,
  folder: string,
  depth = 0,
): Generator<{ path: string; size: number; time: number }> {
  for (const name of FS.readdir(folder)) {
    if (name === "." || name === "..") continue
    const path = `${folder}/${name}`
    const { mode, size, mtime } = FS.stat(path)
    if (!FS.isDir(mode)) yield { path, size, time: mtime.getTime() }
    else if (depth < 5 && name !== "__pycache__") yield* filesBelow({ FS } as Pyodide, path, depth + 1)
  }
}

const timesIn = (python: Pyodide) =>
  new Map([...filesBelow(python, HOME)].map(({ path, size, time }) => [path, `${size} ${time}`]))

function writtenFiles(python: Pyodide, before: Map<string, string>): { written: SandboxFile[]; cut: boolean } {
  const written: SandboxFile[] = []
  let room = MAX_FILE_BYTES
  let cut = false
  for (const { path, size, time } of filesBelow(python, HOME)) {
    if (before.get(path) === `${size} ${time}`) continue
    if (size > room || written.length === MAX_FILES) {
      cut = true
      continue
    }
    room -= size
    const name = path
      .slice(HOME.length + 1)
      .replaceAll("/", "_")
      .slice(-255)
    written.push({ name, bytes: new Uint8Array(python.FS.readFile(path)) })
  }
  return { written, cut }
}
