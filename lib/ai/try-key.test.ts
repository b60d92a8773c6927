import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type AccountServer, GOOD_KEY, type Reply, startAccountServer } from "@/lib/ai/account.fixture"

let server: AccountServer

beforeEach(async () => {
  server = await startAccountServer()
  vi.stubEnv("DATA_DIR", mkdtempSync(path.join(tmpdir(), "sparkler-try-key-")))
  vi.stubEnv("FIREWORKS_BASE_URL", server.url)
})

afterEach(async () => {
  await server.close()
  vi.unstubAllEnvs()
  vi.resetModules()
})

const tryKey = async (key: string) => (await import("@/lib/ai/try-key")).tryKey(key)
const MODELS = "/inference/v1/models"
const ACCOUNTS = "/v1/accounts"
const QUOTAS = "/v1/accounts/me/quotas"
const NO_DEPLOYMENTS: Reply = [500, { error: "Error listing deployed models" }]

test("a valid key returns what is left of the month's budget", async () => {
  expect(await tryKey(GOOD_KEY)).toEqual([{ name: "monthly-spend-usd", left: 37.5, of: 50 }])
  expect(server.asked.map(({ key }) => key)).toEqual([GOOD_KEY, GOOD_KEY, GOOD_KEY])
})

test("an invalid key is rejected with a message that does not repeat it", async () => {
  const error = await tryKey("fw_wrong_key_of_somebody").catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: "setup:key_refused", message: expect.stringMatching(/refused this key/) })
  expect(String(error)).not.toContain("fw_wrong")
})

test.each<[name: string, replies: Record<string, Reply>, key?: string]>([
  ["an account without deployments", { [MODELS]: NO_DEPLOYMENTS }],
  ["an account without deployments that may not ask for itself", { [MODELS]: NO_DEPLOYMENTS, [ACCOUNTS]: [404] }],
  ["a server that limits just now", { [MODELS]: [429] }],
  ["a suspended account", { [MODELS]: [412] }],
  ["a server without a list, whose account API knows the key", { [MODELS]: [404] }],
  ["a key that may not ask for its account", { [ACCOUNTS]: [403] }],
  ["an account API that is down", { [ACCOUNTS]: [503] }],
  ["quotas that can't be read", { [QUOTAS]: [200, "<html>"] }],
  ["an account of an odd name", { [ACCOUNTS]: [200, { accounts: [{ name: "accounts/../../x" }] }] }],
])("%s does not make the key invalid", async (_, replies) => {
  for (const [at, reply] of Object.entries(replies)) server.replies.set(at, reply)
  await expect(tryKey(GOOD_KEY)).resolves.toBeInstanceOf(Array)
})

test.each<[name: string, code: string, said: RegExp, replies: Record<string, Reply>]>([
  ["403", "setup:key_refused", /refused this key/, { [MODELS]: [403, { error: "no" }] }],
  ["500, and 401 of the account", "setup:key_refused", /refused/, { [MODELS]: NO_DEPLOYMENTS, [ACCOUNTS]: [401] }],
  ["a firewall's page", "upstream:unreachable", /blocked/, { [MODELS]: [403, "<html>No</html>"] }],
  ["a page where a list should be", "upstream:garbage", /BASE_URL/, { [MODELS]: [200, "<html>"], [ACCOUNTS]: [404] }],
  ["nothing there", "upstream:garbage", /FIREWORKS_BASE_URL/, { [MODELS]: [404], [ACCOUNTS]: [404] }],
  ["an overloaded server", "upstream:overloaded", /503/, { [MODELS]: [503], [ACCOUNTS]: [503] }],
])("%s: the key is rejected with a reason", async (_, code, said, replies) => {
  for (const [at, reply] of Object.entries(replies)) server.replies.set(at, reply)
  await expect(tryKey(GOOD_KEY)).rejects.toMatchObject({ code, message: expect.stringMatching(said) })
})

test("a redirect is rejected, and the key is sent nowhere else", async () => {
  const other = await startAccountServer()
  for (const status of [301, 302, 303, 307, 308]) {
    server.replies.set(MODELS, [status, "", `${other.url}/models`])
    await expect(tryKey(GOOD_KEY)).rejects.toMatchObject({ message: expect.stringMatching(/another address/) })
  }
  server.replies.clear()
  server.replies.set(ACCOUNTS, [307, "", other.url.replace("/inference/v1", ACCOUNTS)])
  expect(await tryKey(GOOD_KEY)).toEqual([])
  expect(other.asked).toEqual([])
  await other.close()
})

test("an unreachable server is reported as such", async () => {
  vi.stubEnv("FIREWORKS_BASE_URL", "http://127.0.0.1:9/inference/v1")
  await expect(tryKey(GOOD_KEY)).rejects.toMatchObject({
    code: "upstream:unreachable",
    message: expect.stringMatching(/Can't reach/),
  })
})

test("without a budget, up to three other limits are returned", async () => {
  const quotas = ["a", "b", "c", "d"].map((name, at) => ({ name: `accounts/me/quotas/${name}`, value: at, usage: 9 }))
  server.replies.set(QUOTAS, [200, { quotas }])
  expect((await tryKey(GOOD_KEY)).map(({ name, left }) => `${name} ${left}`)).toEqual(["b 0", "c 0", "d 0"])
})
