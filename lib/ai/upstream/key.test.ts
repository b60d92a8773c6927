import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"

const KEY = "fw_3ZxTopSecretKeyOfSomebody"
let dataDir: string
let logged: string[]

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-key-"))
  logged = []
  vi.spyOn(console, "info").mockImplementation((line) => void logged.push(String(line)))
})

afterEach(() => {
  rmSync(dataDir, { recursive: true })
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** The module as seen by a process that starts now. */
async function start(env: Record<string, string> = {}) {
  vi.unstubAllEnvs()
  vi.resetModules()
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.apiKey"))
  for (const [name, value] of Object.entries({ DATA_DIR: dataDir, FIREWORKS_API_KEY: "", AUTH_SECRET: "", ...env }))
    vi.stubEnv(name, value)
  return import("@/lib/ai/upstream/key")
}

const file = () => path.join(dataDir, "api-key.json")

test("a key is used immediately and after a restart, until it is removed", async () => {
  const first = await start()
  expect([first.apiKey(), first.keySource()]).toEqual([undefined, "none"])
  await first.keepKey(KEY)
  expect([first.apiKey(), first.keySource()]).toEqual([KEY, "stored"])
  const second = await start()
  expect(second.apiKey()).toBe(KEY)
  await second.keepKey("fw_another")
  expect((await start()).apiKey()).toBe("fw_another")
  const last = await start()
  await last.forgetKey()
  expect([last.apiKey(), last.keySource()]).toEqual([undefined, "none"])
  expect(readdirSync(dataDir)).toEqual(["auth-secret"])
})

test("the key is encrypted on disk, differently each time, in a file only the owner can read", async () => {
  const { keepKey } = await start()
  await keepKey(KEY)
  const once = readFileSync(file(), "utf8")
  await keepKey(KEY)
  const again = readFileSync(file(), "utf8")
  for (const text of [once, again]) {
    expect(text).not.toContain(KEY)
    expect(text).not.toContain(Buffer.from(KEY).toString("base64url"))
    expect(Object.values(JSON.parse(text)).join("")).not.toContain("Secret")
  }
  expect(again).not.toBe(once)
  expect((statSync(file()).mode & 0o777).toString(8)).toBe("600")
  // No partially written file is left next to it.
  expect(readdirSync(dataDir).sort()).toEqual(["api-key.json", "auth-secret"])
})

test("the environment variable takes precedence, and without it the stored key is used again", async () => {
  const { keepKey } = await start()
  await keepKey(KEY)
  const set = await start({ FIREWORKS_API_KEY: "fw_of_the_environment" })
  expect([set.apiKey(), set.keySource()]).toEqual(["fw_of_the_environment", "environment"])
  expect((await start()).apiKey()).toBe(KEY)
})

test.each([
  ["half of it", (text: string) => text.slice(0, text.length / 2)],
  ["empty", () => ""],
  ["no JSON", () => "\0\0\0"],
  ["another version", (text: string) => text.replace('"version":1', '"version":2')],
  [
    "a changed byte",
    (text: string) => text.replace(/"data":"(.)/, (_, first) => `"data":"${first === "A" ? "B" : "A"}`),
  ],
  ["a shorter tag", (text: string) => text.replace(/"tag":"(.{6})[^"]*/, '"tag":"$1')],
])("a corrupt file (%s) is reported, counts as no key, and blocks nothing", async (_, damage) => {
  const { keepKey } = await start()
  await keepKey(KEY)
  writeFileSync(file(), damage(readFileSync(file(), "utf8")))
  const next = await start()
  expect([next.apiKey(), next.keySource(), next.storedKey().state]).toEqual([undefined, "none", "damaged"])
  expect(logged.join("\n")).toMatch(/stored API key can't be read/)
  expect(logged.join("\n")).not.toContain(KEY)
  await next.keepKey(KEY)
  expect((await start()).apiKey()).toBe(KEY)
})

test("the key can't be read with another secret, but can with the original one", async () => {
  const secret = "a secret that is long enough for everyone"
  const { keepKey } = await start({ AUTH_SECRET: secret })
  await keepKey(KEY)
  expect((await start({ AUTH_SECRET: `${secret}!` })).storedKey().state).toBe("damaged")
  expect((await start({ AUTH_SECRET: secret })).apiKey()).toBe(KEY)
})
