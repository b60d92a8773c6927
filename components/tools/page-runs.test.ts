/** Tests of calls run on this page that yield no result: whose fault is reported. */
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { v7 as uuidv7 } from "uuid"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { ApiError, unreachable } from "@/components/base/api"
import { type PageRun, pageRun, type Runner, type RunResult, type RunState } from "@/components/tools/page-runs"

interface Asked {
  path: string
  body: { result?: RunResult }
}

let server: Server
let asked: Asked[]
/** The response to claiming a call. */
let claim: { status: number; body: unknown }

beforeEach(async () => {
  asked = []
  claim = { status: 200, body: { files: [] } }
  server = createServer(async (request, response) => {
    let text = ""
    for await (const piece of request) text += piece
    const path = request.url ?? ""
    asked.push({ path, body: JSON.parse(text) })
    const { status, body } = path.endsWith("/calls") ? claim : { status: 202, body: null }
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const { fetch } = globalThis
  // Simulates requests to the page's own server.
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init))
  vi.spyOn(console, "error").mockImplementation(() => {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  server.close()
})

const settled: RunResult = { kind: "output", output: { printed: "6" } }

function begin(runner: Runner, load = async () => ({ default: runner })) {
  let done = () => {}
  const over = new Promise<void>((resolve) => {
    done = resolve
  })
  const call = { conversationId: uuidv7(), messageId: uuidv7(), toolCallId: "c", input: {} }
  return { run: pageRun({ ...call, load, onSettled: done }), over }
}

const stuck = ({ state }: PageRun) =>
  new Promise<RunState>((resolve) => {
    const look = () => state.get().at === "stuck" && resolve(state.get())
    state.subscribe(look)
    look()
  })

const throwing = (error: unknown) => async () => {
  throw error
}
const chunkError = Object.assign(new Error("no chunk"), { name: "ChunkLoadError" })
const full = new ApiError("quota:storage", "There is no room left.", 413)

/** Texts are keys here, since the page provides the translations. */
const RUNS: [string, Runner, Partial<RunState>, number][] = [
  [
    "the sandbox is unreachable",
    async () => ({ kind: "fault", fault: "unreachable" }),
    { fault: "unreachable", said: null },
    0,
  ],
  ["Sparkler is unreachable", throwing(unreachable()), { fault: "failed", said: "unreachable" }, 0],
  ["Sparkler rejects the request", throwing(full), { fault: "failed", said: full.message }, 0],
  ["the runner fails", throwing(new TypeError("x is undefined")), { fault: "failed", said: "broken" }, 1],
]

test.each(RUNS)("%s: shows the matching error", async (_, runner, expected, logged) => {
  const { run } = begin(runner)
  expect(await stuck(run)).toEqual({ at: "stuck", ...expected })
  expect(console.error).toHaveBeenCalledTimes(logged)
  expect(asked.map(({ path }) => path.split("/").at(-1))).toEqual(["calls"])
})

test("a script that can't be fetched is reported as a network error", async () => {
  const { run } = begin(async () => settled, throwing(chunkError))
  expect(await stuck(run)).toEqual({ at: "stuck", fault: "failed", said: "unreachable" })
  expect(console.error).not.toHaveBeenCalled()
})

test("a failed request to the server is retried when the user asks", async () => {
  claim = { status: 500, body: { error: { code: "server:internal", message: "An error of the server." } } }
  const { run, over } = begin(async () => settled)
  expect(await stuck(run)).toEqual({ at: "stuck", fault: "failed", said: "An error of the server." })
  claim = { status: 200, body: { files: [] } }
  run.retry()
  await over
  expect(asked.at(-1)?.body.result).toEqual(settled)
})

test("skipping the run tells the model the reason", async () => {
  const { run, over } = begin(throwing(new TypeError("x is undefined")))
  await stuck(run)
  run.skip("failed")
  await over
  expect(asked.at(-1)?.body.result).toEqual({ kind: "fault", fault: "failed" })
})

test("an interpreter crash is reported to the model immediately", async () => {
  const { over } = begin(async () => ({ kind: "fault", fault: "crashed" }))
  await over
  expect(asked.at(-1)?.body.result).toEqual({ kind: "fault", fault: "crashed" })
})
