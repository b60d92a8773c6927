/** The routes for setting a key on the page, as its owner and as strangers would call them. */
import { randomUUID } from "node:crypto"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { Browser } from "@/app/api/key/browser.fixture"
import { DELETE } from "@/app/api/key/route"
import { POST as newLink } from "@/app/api/setup/link/route"
import { POST as claim } from "@/app/api/setup/route"
import { type AccountServer, GOOD_KEY, startAccountServer } from "@/lib/ai/account.fixture"
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { apiKey, forgetKey } from "@/lib/ai/upstream/key"
import { removeStoredKey, writeStoredKey } from "@/lib/ai/upstream/stored-key"
import { bus } from "@/lib/bus/here"
import { subscribe } from "@/lib/chat/news/news"
import { config } from "@/lib/config"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { subscribeToKeyChanges } from "@/lib/setup/key"
import { LINK_MS, printLink, redeemSetupLink } from "@/lib/setup/link"
import { isOwner } from "@/lib/setup/owner"
import { resetThrottles } from "@/lib/throttle/kept"

let testDb: TestDatabase
let upstream: AccountServer
const logged: string[] = []

beforeAll(async () => {
  upstream = await startAccountServer()
  process.env.FIREWORKS_BASE_URL = upstream.url
  process.env.FIREWORKS_API_KEY = ""
  process.env.OLLAMA_URL = "http://127.0.0.1:9"
  testDb = await withTestDb()
})

afterAll(async () => {
  await testDb.close()
  await upstream.close()
})

/** Resets the data folder and the process to a first start. */
beforeEach(async () => {
  vi.restoreAllMocks()
  logged.length = 0
  vi.spyOn(console, "info").mockImplementation((line) => void logged.push(String(line)))
  rmSync(path.join(testDb.dataDir, "setup-owner"), { force: true })
  await forgetKey()
  upstream.replies.clear()
  upstream.asked.length = 0
  await testDb.database.conversation.deleteMany()
  await testDb.database.user.deleteMany()
  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.catalogue"))
  resetThrottles()
})

const NO_ORIGIN = { origin: "" }

/** The token of the last printed link. */
const printedToken = () => /\/setup#(\S+)/.exec(logged.findLast((line) => line.includes("/setup#")) ?? "")?.[1] ?? ""

test("a local user sets a key: it is tested, stored, active immediately, and shown by its last four characters", async () => {
  const browser = new Browser()
  const heard: unknown[] = []
  const leave = await subscribe(randomUUID(), (event) => heard.push(event))
  expect(await browser.access()).toMatchObject({ may: true, source: "none", stored: false, lastFour: null })
  expect((await listModels()).notice.kind).toBe("demo")
  const kept = await browser.put(`FIREWORKS_API_KEY="${GOOD_KEY}"\n`)
  expect(kept.status).toBe(200)
  const said = await kept.text()
  expect(said).not.toContain(GOOD_KEY)
  expect(JSON.parse(said)).toMatchObject({
    access: { may: true, source: "stored", lastFour: "1234" },
    models: expect.arrayContaining(["Kimi K3"]),
    quotas: [{ name: "monthly-spend-usd", left: 37.5, of: 50 }],
  })
  expect(apiKey()).toBe(GOOD_KEY)
  expect((await listModels()).notice.kind).toBe("fireworks")
  expect(heard).toEqual([{ models: true }])
  expect(logged.join("\n")).not.toContain(GOOD_KEY)
  leave()
  expect((await browser.ask(DELETE, "DELETE")).status).toBe(200)
  expect(await browser.access()).toMatchObject({ may: true, source: "none", stored: false })
  expect((await listModels()).notice.kind).toBe("demo")
})

test("a key set in another process is active here immediately, and gone when it is removed there", async () => {
  const leave = await subscribeToKeyChanges()
  expect(apiKey()).toBeUndefined()
  const elsewhere = async (change: () => Promise<void>) => {
    await change()
    await bus().publish("api-key", JSON.stringify("changed"))
  }
  await elsewhere(() => writeStoredKey(GOOD_KEY, config()))
  expect(apiKey()).toBe(GOOD_KEY)
  expect((await listModels()).notice.kind).toBe("fireworks")
  await elsewhere(() => removeStoredKey(config().dataDir))
  expect(apiKey()).toBeUndefined()
  expect((await listModels()).notice.kind).toBe("demo")
  leave()
})

test("an invalid key changes nothing: the stored one stays active", async () => {
  const browser = new Browser()
  const refused = await browser.put("fw_a_wrong_key_of_somebody")
  expect(refused.status).toBe(422)
  expect(await refused.text()).not.toContain("fw_a_wrong")
  expect(await browser.access()).toMatchObject({ source: "none" })
  await browser.put()
  expect((await browser.put("fw_a_wrong_key_of_somebody")).status).toBe(422)
  expect(apiKey()).toBe(GOOD_KEY)
  for (const odd of ["", "   ", "short", "two words that are none", "fw_ключ_ключ", "x".repeat(600)])
    expect((await browser.put(odd)).status).toBe(400)
})

test.each<[string, ConstructorParameters<typeof Browser>[0]]>([
  ["another machine", { remoteAddress: "192.168.1.7" }],
  ["another machine claiming localhost", { remoteAddress: "::ffff:192.168.1.7", headers: { host: "localhost:3000" } }],
  ["behind a local proxy", { headers: { "x-forwarded-for": "127.0.0.1" } }],
  ["a rebound DNS name", { headers: { host: "rebound.evil.example" } }],
])("access from %s is denied without the link", async (_, from) => {
  const stranger = new Browser(from)
  expect(await stranger.access()).toMatchObject({ may: false, lastFour: null, stored: false })
  // Requests of a program, which origin checks don't stop.
  const answers = [await stranger.put(GOOD_KEY, NO_ORIGIN), await stranger.ask(DELETE, "DELETE", undefined, NO_ORIGIN)]
  for (const answer of answers)
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, "setup:not_allowed"])
  expect(upstream.asked).toEqual([])
  expect(apiKey()).toBeUndefined()
})

test("another site's page can't set a key, even through an authorized browser", async () => {
  const browser = new Browser()
  await browser.put()
  expect((await browser.put("fw_of_another_site", { origin: "http://evil.example" })).status).toBe(403)
  expect((await browser.ask(DELETE, "DELETE", undefined, { "sec-fetch-site": "cross-site" })).status).toBe(403)
  expect(apiKey()).toBe(GOOD_KEY)
})

test("the first browser to set a key owns it: another browser on this machine is denied", async () => {
  const [first, second] = [new Browser(), new Browser()]
  await first.put()
  expect(await second.access()).toMatchObject({ may: false, lastFour: null })
  expect((await second.put()).status).toBe(403)
  expect((await second.ask(DELETE, "DELETE")).status).toBe(403)
  expect((await first.put()).status).toBe(200)
})

test("of two concurrent first keys, one is accepted", async () => {
  const answers = await Promise.all([new Browser(), new Browser()].map((browser) => browser.put()))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
})

test.each([{}, { deletedAt: new Date() }, { temporary: true }])(
  "once another user has used it (%o), the link is needed locally too; the user's own conversations don't count",
  async (change) => {
    const [own, other] = [new Browser(), new Browser()]
    await own.use(testDb.database)
    expect(await own.access()).toMatchObject({ may: true })
    await other.use(testDb.database, change)
    expect(await own.access()).toMatchObject({ may: false })
    expect((await own.put()).status).toBe(403)
  },
)

test("the link works once, from anywhere, and authorizes its browser permanently", async () => {
  await printLink("To add a key, open")
  const stranger = new Browser({ remoteAddress: "192.168.1.7", headers: { host: "nas.local:3000" } })
  const token = printedToken()
  expect(token.length).toBeGreaterThan(40)
  expect((await stranger.ask(claim, "POST", { token: `${token.slice(0, -1)}_` })).status).toBe(403)
  expect((await stranger.ask(claim, "POST", { token })).status).toBe(204)
  expect((await new Browser().ask(claim, "POST", { token })).status).toBe(403)
  expect(await stranger.access()).toMatchObject({ may: true })
  expect((await stranger.put()).status).toBe(200)
  // Being on this machine isn't enough for access now.
  expect(await new Browser().access()).toMatchObject({ may: false })
})

test("a link expires, and a new one is printed in the log, not in the response", async () => {
  await printLink("x")
  const old = printedToken()
  const asker = new Browser({ remoteAddress: "192.168.1.7" })
  // While a link is open, nobody can invalidate it by requesting another one.
  await asker.ask(newLink, "POST")
  expect(printedToken()).toBe(old)
  expect(await redeemSetupLink(old, Date.now() + LINK_MS)).toBe(false)
  expect(await redeemSetupLink(old)).toBe(true)
  const answer = await asker.ask(newLink, "POST")
  expect([answer.status, await answer.text()]).toEqual([202, ""])
  expect(printedToken()).not.toBe(old)
  expect((await asker.ask(claim, "POST", { token: printedToken() })).status).toBe(204)
})

test("guessing is throttled", async () => {
  await printLink("x")
  const guesser = new Browser({ remoteAddress: "192.168.1.7" })
  const statuses = []
  for (let n = 0; n < 12; n++) statuses.push((await guesser.ask(claim, "POST", { token: `guess ${n}` })).status)
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(403))
  expect(statuses.slice(10)).toEqual([429, 429])
  expect((await new Browser().ask(claim, "POST", { token: printedToken() })).status).toBe(204)
})

test("a forged, tampered or expired cookie is rejected, and deleting the claim revokes all access", async () => {
  const browser = new Browser()
  const cookie = (await browser.put()).headers.getSetCookie()[0] ?? ""
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  const pair = cookie.split(";")[0] ?? ""
  expect(isOwner(pair)).toBe(true)
  expect(isOwner(null)).toBe(false)
  expect(isOwner(pair.replace(/=\d/, "=9"))).toBe(false)
  expect(isOwner(`${pair.slice(0, -2)}AA`)).toBe(false)
  expect(isOwner(pair.replace(/\..*/, "."))).toBe(false)
  expect(isOwner(pair, Date.now() + 500 * 24 * 60 * 60 * 1_000)).toBe(false)
  const file = path.join(testDb.dataDir, "setup-owner")
  const claimed = readFileSync(file, "utf8")
  // An unreadable file grants access to nobody, including new browsers.
  writeFileSync(file, "")
  expect([isOwner(pair), (await new Browser().access()).may]).toEqual([false, false])
  writeFileSync(file, claimed)
  expect(isOwner(pair)).toBe(true)
  rmSync(file)
  expect(isOwner(pair)).toBe(false)
  expect(await new Browser().access()).toMatchObject({ may: true })
})

test("a key that was not stored claims nothing", async () => {
  await new Browser().put("fw_a_wrong_key_of_somebody")
  expect(await new Browser().access()).toMatchObject({ may: true })
})
