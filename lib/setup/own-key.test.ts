/** A person's own API key, with a model server that accepts it and Sparkler's. */
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { listModels } from "@/lib/ai/catalogue/catalogue"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import { ask, eventsOf, MODEL, metadataOf, modules, never } from "@/lib/generation/generation.fixture"
import { changeSettings } from "@/lib/operator/settings"
import { modelsOfPayer } from "@/lib/own-key/payer"
import { deleteOwnKey, ownKeyState, setOwnKey, useOwnKey } from "@/lib/setup/own-key"
import { resetThrottles } from "@/lib/throttle/kept"

const SPARKLERS = "fw_Sparklers0000000000000001"
const OWN = "fw_Qz81PersonsOwnKey7777xyza"
const otherKeys = [OWN]
let server: DemoServer
let testDb: TestDatabase
const logged: string[] = []

beforeAll(async () => {
  server = await startDemoServer({
    ...{ testMode: true, apiKey: SPARKLERS, otherKeys, models: [{ id: MODEL }], tokensPerSecond: 0, firstTokenMs: 0 },
  })
  Object.assign(process.env, {
    FIREWORKS_API_KEY: SPARKLERS,
    FIREWORKS_BASE_URL: server.url,
    DEFAULT_MODEL: MODEL,
    ALLOW_OWN_KEYS: "true",
  })
  testDb = await withTestDb()
  for (const name of ["error", "log", "info", "warn"] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void logged.push(said.map(String).join(" ")))
})
afterAll(async () => {
  vi.restoreAllMocks()
  await server.close()
  await testDb.close()
})
beforeEach(() => {
  otherKeys.splice(0, otherKeys.length, OWN)
  resetThrottles()
})

async function newGuest() {
  const guest = { id: uuidv7(), guest: true, name: null }
  await testDb.database.user.create({ data: { id: guest.id, guest: true } })
  return guest
}

/** Sends a question, and returns the stored answer with the keys that the model server received for it. */
async function answered(guest: Awaited<ReturnType<typeof newGuest>>, text = "[[echo]] hello") {
  const word = uuidv7()
  const { acceptMessage, followMessages, viewConversation } = await modules()
  const before = server.requests.length
  const request = ask(`${text} ${word}`)
  const { answerIds } = await acceptMessage(guest, request)
  const { events } = await eventsOf(await followMessages(guest.id, answerIds, { signal: never }))
  const view = await viewConversation(guest.id, request.id)
  const keys = server.requests
    .slice(before)
    // The title request of an earlier question may arrive late.
    .filter(({ path: asked, body }) => asked.endsWith("/chat/completions") && JSON.stringify(body).includes(word))
    .map(({ headers }) => String(headers.authorization).replace("Bearer ", ""))
  return { answer: view?.messages.at(-1), keys: new Set(keys), metadata: metadataOf(events) }
}

test("a user's own key pays for answers and titles, as shown in the answer; no other user is affected", async () => {
  const [guest, other] = [await newGuest(), await newGuest()]
  expect(await ownKeyState(guest.id)).toMatchObject({ allowed: true, key: null, shared: true })
  expect((await answered(guest)).keys).toEqual(new Set([SPARKLERS]))
  expect(await setOwnKey(guest.id, `export FIREWORKS_API_KEY="${OWN}"`)).toMatchObject({
    key: { lastFour: "xyza", inUse: true, damaged: false },
  })
  const own = await answered(guest)
  expect(own.keys).toEqual(new Set([OWN]))
  expect(own.answer?.metadata).toMatchObject({ status: "complete", usage: { ownKey: true } })
  const others = await answered(other)
  expect(others.keys).toEqual(new Set([SPARKLERS]))
  expect(others.answer?.metadata?.usage).not.toHaveProperty("ownKey")
  expect((await modelsOfPayer(guest.id)).ownKey).toBe("used")
  expect((await modelsOfPayer(other.id)).ownKey).toBe("none")
})

test("the paying key is decided with the quota: switching in between never charges Sparkler's key", async () => {
  const { answer } = await import("@/lib/generation/answer")
  const { newProgress } = await import("@/lib/generation/job")
  const { modelOf } = await import("@/lib/own-key/payer")
  const { paymentOf } = await import("@/lib/quota/quotas")
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  const model = await modelOf(guest.id, MODEL)
  const { key, taken } = await paymentOf(guest, [model])
  expect(taken).toBeUndefined()
  const ids = { generationId: uuidv7(), messageId: uuidv7(), parentId: uuidv7(), conversationId: uuidv7() }
  const job = { ...ids, userId: guest.id, createdAt: new Date(), model, key }
  const history = async () => {
    await useOwnKey(guest.id, false)
    return { messages: [{ role: "user" as const, content: "[[echo]] switched" }], tokens: 5 }
  }
  const progress = newProgress({ ...job, history })
  await answer({ ...job, history }, progress, never, () => {})
  expect(progress).toMatchObject({ error: null, ownKey: true })
  const asked = server.requests.filter(({ body }) => JSON.stringify([body]).includes("[[echo]] switched"))
  expect(asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${OWN}`])
})

test("the title is paid by the answer's key, regardless of switching in between", async () => {
  const { makeTitle } = await import("@/lib/chat/title")
  const { modelOf } = await import("@/lib/own-key/payer")
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  const model = await modelOf(guest.id, MODEL)
  await useOwnKey(guest.id, false)
  const word = uuidv7()
  const unnamed = { conversationId: uuidv7(), userId: guest.id, model, parts: [{ type: "text" as const, text: word }] }
  const keysOf = () =>
    server.requests
      .filter(({ body }) => JSON.stringify([body]).includes(word))
      .map(({ headers }) => headers.authorization)
  await makeTitle({ ...unnamed, key: OWN }, never)
  expect(new Set(keysOf())).toEqual(new Set([`Bearer ${OWN}`]))
  await useOwnKey(guest.id, true)
  await makeTitle(unnamed, never)
  expect(keysOf().at(-1)).toBe(`Bearer ${SPARKLERS}`)
})

test("it can be toggled, replaced and removed", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  expect((await useOwnKey(guest.id, false)).key?.inUse).toBe(false)
  expect((await answered(guest)).keys).toEqual(new Set([SPARKLERS]))
  await useOwnKey(guest.id, true)
  expect((await answered(guest)).keys).toEqual(new Set([OWN]))
  const next = "fw_Another00000000000009abcd"
  otherKeys.push(next)
  expect((await setOwnKey(guest.id, next)).key?.lastFour).toBe("abcd")
  expect((await answered(guest)).keys).toEqual(new Set([next]))
  expect((await deleteOwnKey(guest.id)).key).toBeNull()
  expect((await answered(guest)).keys).toEqual(new Set([SPARKLERS]))
  await expect(useOwnKey(guest.id, true)).rejects.toMatchObject({ code: "own_key:none" })
})

test("a key the server rejects is not stored, and the previous one stays", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  await expect(setOwnKey(guest.id, "fw_Wrong000000000000000wrong")).rejects.toMatchObject({ code: "setup:key_refused" })
  expect((await ownKeyState(guest.id)).key?.lastFour).toBe("xyza")
})

test("a key rejected later is an error with a next step, never a charge to Sparkler's key", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  otherKeys.length = 0
  const { keys, metadata } = await answered(guest)
  expect(keys).toEqual(new Set([OWN]))
  expect(metadata).toMatchObject({ status: "failed", error: { code: "upstream:auth" } })
  expect(metadata?.error?.message).toContain("Settings → Model")
})

test("a key that can't be decrypted any more is an error, too", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  await testDb.database.ownKey.update({ where: { userId: guest.id }, data: { sealed: "{}" } })
  expect((await ownKeyState(guest.id)).key?.damaged).toBe(true)
  await expect(answered(guest)).rejects.toMatchObject({ code: "own_key:unreadable" })
})

test("when the operator disallows own keys, none is stored or used", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  await changeSettings({ ownKeys: false })
  expect((await answered(guest)).keys).toEqual(new Set([SPARKLERS]))
  await expect(setOwnKey(guest.id, OWN)).rejects.toMatchObject({ code: "own_key:not_allowed" })
  expect((await modelsOfPayer(guest.id)).ownKey).toBeUndefined()
  await changeSettings({ ownKeys: null })
})

test("its value is in no log, state or database file", async () => {
  const guest = await newGuest()
  await setOwnKey(guest.id, OWN)
  await answered(guest, "[[status=401]] x").catch(() => undefined)
  await answered(guest, "[[error=mid]] x").catch(() => undefined)
  const files = readdirSync(testDb.dataDir, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(testDb.dataDir, name))
    .flatMap((file) => {
      try {
        return [readFileSync(file, "latin1")]
      } catch {
        return []
      }
    })
  expect(files.length).toBeGreaterThan(0)
  const said = `${logged.join("\n")}\n${JSON.stringify([await ownKeyState(guest.id), await listModels()])}`
  for (const text of [said, ...files]) expect(text.includes(OWN)).toBe(false)
  expect(said).not.toContain("PersonsOwn")
  const row = await testDb.database.ownKey.findUniqueOrThrow({ where: { userId: guest.id } })
  expect(row.sealed).not.toContain("PersonsOwn")
})
