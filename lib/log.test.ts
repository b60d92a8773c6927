import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { hearConsole, logFault, logInfo, logRequest } from "@/lib/log"
import { describeError } from "@/lib/log-words"
import { registerSecret } from "@/lib/redact-keys"
import { runInContext } from "@/lib/request-context"

const SECRET = "fw-SECRET-9f8e7d6c5b"
registerSecret(SECRET)

let lines: string[] = []
beforeEach(() => {
  lines = []
  const keep = (line: unknown) => lines.push(...String(line).trim().split("\n")) > 0
  vi.spyOn(process.stdout, "write").mockImplementation(keep)
  vi.spyOn(console, "error").mockImplementation(keep)
  vi.spyOn(console, "info").mockImplementation(keep)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

const json = () => vi.stubEnv("LOG_FORMAT", "json")

test("a JSON line has the time, level, request and answer ids, and message", () => {
  json()
  const about = { requestId: "r-1", route: "/api/chat", generationId: "g-1" }
  runInContext(about, () => logFault("somewhere", new Error("broke", { cause: new RangeError("too far") })))
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    ...{ level: "error", message: "somewhere", request: "r-1", route: "/api/chat", generation: "g-1" },
    error: { name: "Error", message: "broke", cause: { name: "RangeError", message: "too far" } },
    process: expect.any(String),
  })
})

test("the context follows promises and timers, and does not leak", async () => {
  json()
  await Promise.all(
    ["a", "b"].map((requestId) =>
      runInContext({ requestId }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        logInfo(`of ${requestId}`)
      }),
    ),
  )
  logInfo("of nobody")
  const told = lines.map((line) => JSON.parse(line))
  expect(told.map(({ request }) => request)).toEqual(["a", "b", undefined])
})

test("in text format, an error line has the id shown to the user", () => {
  runInContext({ requestId: "r-2" }, () => logFault("GET /api/x", new Error("broke")))
  expect(lines[0]).toMatch(/^GET \/api\/x: Error: broke at .* \[request r-2\]$/)
})

test("each level omits what is below it", () => {
  vi.stubEnv("LOG_LEVEL", "error")
  logInfo("quiet")
  logFault("loud", "x")
  expect(lines).toEqual(["loud: x"])
  vi.stubEnv("LOG_LEVEL", "nonsense")
  logInfo("usual")
  expect(lines.at(-1)).toBe("usual")
})

test("a request is logged by its route", () => {
  json()
  logRequest("GET", "/share/[token]", 200, 12.4)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    ...{ level: "info", message: "GET /share/[token] 200", method: "GET", status: 200, ms: 12 },
  })
})

test.each<[string, () => unknown]>([
  ["a key", () => new Error(`refused ${SECRET}`)],
  ["an upstream error message", () => new AppError("upstream:bad_request", { words: "you said MARKED" })],
  [
    "the cause of an upstream error",
    () => new AppError("upstream:garbage", { cause: Object.assign(new Error("MARKED"), { name: "AI_APICallError" }) }),
  ],
  ["a value sent by the upstream", () => ({ error: "MARKED" })],
  ["invalid JSON text", () => caught(() => JSON.parse("MARKED"))],
  [
    "Prisma's arguments",
    () =>
      Object.assign(new Error("Invalid invocation:\n{ parts: MARKED }\n\nArgument `x` is missing."), {
        name: "PrismaClientValidationError",
      }),
  ],
  ["a URL with a token", () => new Error("can't fetch https://user:MARKED@host.example/MARKED?token=MARKED")],
  ["an email address", () => new Error("550 <MARKED@example.com> rejected")],
])("%s is never logged", (_, make) => {
  const hidden = (text: string) => expect(text).not.toMatch(/MARKED|SECRET/)
  for (const format of ["text", "json"]) {
    vi.stubEnv("LOG_FORMAT", format)
    logFault("here", make())
  }
  for (const line of lines) hidden(line)
  expect(lines).toHaveLength(2)
})

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test("LOG_LEVEL=debug logs upstream error messages, but still no key", () => {
  const error = new AppError("upstream:bad_request", { words: `no such field; key ${SECRET}` })
  expect(describeError(error, true).message).toMatch(/no such field/)
  expect(describeError(error, true).message).not.toContain(SECRET)
})

test("console output of other code becomes a single line", () => {
  json()
  hearConsole()
  const kept: { value: (level: string, words: unknown[]) => void } = Reflect.get(
    globalThis,
    Symbol.for("sparkler.consoleLine"),
  )
  kept.value("error", ["\u001b[31m⨯\u001b[0m", new Error("many\nlines")])
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", message: "⨯", error: { message: "many lines" } })
})

test("an unexpected error is shown with its request id, in the user's language; its log line has no token", async () => {
  json()
  const failing = route(async () => {
    throw new Error("broke")
  })
  const asked = () => new Request("http://x/api/shared/tOkEn123/state", { headers: { "accept-language": "de" } })
  const known = await runInContext({ requestId: "r-3", route: "/api/shared/[token]/state" }, () => failing(asked(), {}))
  expect(await known.json()).toEqual({
    error: { code: "server:internal", requestId: "r-3", message: expect.stringContaining("Fehler-ID r-3") },
  })
  // Without the server process that normally receives the request.
  const unknown = await failing(asked(), {})
  expect((await unknown.json()).error.requestId).toBeUndefined()
  expect(lines.map((line) => JSON.parse(line).message)).toEqual([
    "GET /api/shared/[token]/state",
    "GET /api/shared/[…]/state",
  ])
})
