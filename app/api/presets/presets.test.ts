/** The routes of presets and prompts, as a browser and as an attacker would call them. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DELETE as deletePreset, PATCH as patchPreset } from "@/app/api/presets/[id]/route"
import { GET as getPresets, POST as postPreset } from "@/app/api/presets/route"
import { DELETE as deletePrompt, PATCH as patchPrompt } from "@/app/api/prompts/[id]/route"
import { GET as getPrompts, POST as postPrompt } from "@/app/api/prompts/route"
import { testGuest } from "@/lib/auth/guest.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

const ORIGIN = "http://localhost:3000"
type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>

async function newPerson() {
  const { cookie } = await testGuest()
  return (handler: Handler, method: string, { id = "", body, origin = ORIGIN }: Call = {}) =>
    handler(
      new Request(`${ORIGIN}/api/any`, {
        method,
        headers: { origin, host: "localhost:3000", cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      { params: Promise.resolve({ id }) },
    )
}
interface Call {
  id?: string
  body?: unknown
  origin?: string
}

const anonymous = (handler: Handler, method: string, body?: unknown) =>
  handler(
    new Request(`${ORIGIN}/api/any`, {
      method,
      headers: { origin: ORIGIN, host: "localhost:3000" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id: uuidv7() }) },
  )

const presetOf = (change: object = {}) => ({ id: uuidv7(), name: "Terse", settings: { temperature: 0.2 }, ...change })
const promptOf = (change: object = {}) => ({ id: uuidv7(), command: "translate", text: "Say {{this}}", ...change })

test("a preset is created, listed, changed and deleted; repeating a request changes nothing", async () => {
  const ask = await newPerson()
  const preset = presetOf({ isDefault: true, output: { type: "json" } })
  for (let again = 0; again < 2; again++) expect((await ask(postPreset, "POST", { body: preset })).status).toBe(201)
  expect(await (await ask(getPresets, "GET")).json()).toEqual({ presets: [{ model: null, problem: null, ...preset }] })
  const change = { name: "Brief", output: null, settings: { systemPrompt: "Be brief." } }
  expect((await ask(patchPreset, "PATCH", { id: preset.id, body: change })).status).toBe(204)
  const { presets } = await (await ask(getPresets, "GET")).json()
  expect(presets).toEqual([{ id: preset.id, model: null, isDefault: true, problem: null, ...change }])
  expect((await ask(deletePreset, "DELETE", { id: preset.id })).status).toBe(204)
  expect((await ask(deletePreset, "DELETE", { id: preset.id })).status).toBe(404)
  expect(await (await ask(getPresets, "GET")).json()).toEqual({ presets: [] })
})

test("at most one preset is the default, whether set on creation or by a change", async () => {
  const ask = await newPerson()
  const [first, second] = [presetOf({ isDefault: true }), presetOf({ isDefault: true })]
  await ask(postPreset, "POST", { body: first })
  await ask(postPreset, "POST", { body: second })
  const defaults = async () =>
    (await (await ask(getPresets, "GET")).json()).presets
      .filter(({ isDefault }: { isDefault: boolean }) => isDefault)
      .map(({ id }: { id: string }) => id)
  expect(await defaults()).toEqual([second.id])
  await ask(patchPreset, "PATCH", { id: first.id, body: { isDefault: true } })
  expect(await defaults()).toEqual([first.id])
  // A nonexistent preset can't become the default.
  expect((await ask(patchPreset, "PATCH", { id: uuidv7(), body: { isDefault: true } })).status).toBe(404)
  expect(await defaults()).toEqual([first.id])
})

test("a preset whose output schema is no longer usable is kept, and reports it", async () => {
  const ask = await newPerson()
  const wrongSchema = { type: "json_schema", name: "x", schema: { type: "nonsense" } }
  for (const output of [wrongSchema, { type: "of another version" }]) {
    const preset = presetOf()
    await ask(postPreset, "POST", { body: preset })
    await testDb.database.preset.update({ where: { id: preset.id }, data: { output } })
  }
  const { presets } = await (await ask(getPresets, "GET")).json()
  expect(presets).toMatchObject([
    { name: "Terse", output: wrongSchema, problem: expect.stringMatching(/^Its schema can't be used anymore: .+/) },
    { name: "Terse", output: null, problem: expect.stringMatching(/can't be read anymore/) },
  ])
})

test("a command is unique per user", async () => {
  const [ask, other] = [await newPerson(), await newPerson()]
  const prompt = promptOf()
  for (let again = 0; again < 2; again++) expect((await ask(postPrompt, "POST", { body: prompt })).status).toBe(201)
  const twin = await ask(postPrompt, "POST", { body: promptOf() })
  expect([twin.status, (await twin.json()).error.message]).toEqual([409, "You already have a prompt named /translate."])
  expect((await other(postPrompt, "POST", { body: promptOf() })).status).toBe(201)
  const second = promptOf({ command: "sum-up" })
  await ask(postPrompt, "POST", { body: second })
  expect((await ask(patchPrompt, "PATCH", { id: second.id, body: { command: "translate" } })).status).toBe(409)
  expect(await (await ask(getPrompts, "GET")).json()).toEqual({ prompts: [second, prompt] })
})

test("another user's presets are not found and stay unchanged", async () => {
  const [ask, thief] = [await newPerson(), await newPerson()]
  const [preset, prompt] = [presetOf(), promptOf()]
  await ask(postPreset, "POST", { body: preset })
  await ask(postPrompt, "POST", { body: prompt })
  const tries = [
    thief(patchPreset, "PATCH", { id: preset.id, body: { name: "mine" } }),
    thief(deletePreset, "DELETE", { id: preset.id }),
    thief(postPreset, "POST", { body: { ...preset, name: "mine" } }),
    thief(patchPrompt, "PATCH", { id: prompt.id, body: { text: "mine" } }),
    thief(deletePrompt, "DELETE", { id: prompt.id }),
    thief(postPrompt, "POST", { body: { ...prompt, command: "mine" } }),
  ]
  for (const response of await Promise.all(tries)) expect(response.status).toBe(404)
  expect((await (await ask(getPresets, "GET")).json()).presets[0].name).toBe("Terse")
  expect((await (await ask(getPrompts, "GET")).json()).prompts).toEqual([prompt])
})

test("requests without a session or from another site change nothing", async () => {
  const ask = await newPerson()
  for (const [handler, body] of [
    [postPreset, presetOf()],
    [postPrompt, promptOf()],
  ] as const) {
    expect((await anonymous(handler, "POST", body)).status).toBe(401)
    expect((await ask(handler, "POST", { body, origin: "https://evil.example" })).status).toBe(403)
  }
  for (const handler of [getPresets, getPrompts]) expect((await anonymous(handler, "GET")).status).toBe(401)
  expect(await (await ask(getPresets, "GET")).json()).toEqual({ presets: [] })
})

test("malformed bodies are rejected with an error message", async () => {
  const ask = await newPerson()
  const bad = { type: "json_schema", name: "x", schema: { type: "nonsense" } }
  const bodies = [
    [postPreset, presetOf({ name: " " })],
    [postPreset, presetOf({ settings: { temperature: 9 } })],
    [postPreset, presetOf({ settings: { systemPrompt: "x".repeat(20_001) } })],
    [postPreset, presetOf({ output: bad })],
    [postPreset, presetOf({ userId: "x" })],
    [postPreset, null],
    [postPrompt, promptOf({ command: "two words" })],
    [postPrompt, promptOf({ command: "../x" })],
    [postPrompt, promptOf({ text: "" })],
    [postPrompt, promptOf({ id: "1" })],
  ] as const
  for (const [handler, body] of bodies) {
    const response = await ask(handler, "POST", { body })
    expect(response.status).toBe(400)
    expect((await response.json()).error.message).toMatch(/^The .+\.$/)
  }
})
