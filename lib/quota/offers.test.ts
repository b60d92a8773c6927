/** Which people can use which models. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, expect, test } from "vitest"
import { ask, MODEL, MODELS, modules, newGuest, send, setUp, user } from "@/lib/generation/generation.fixture"
import { changeSettings } from "@/lib/operator/settings"
import { offeredModels } from "@/lib/quota/offers"

setUp()

afterEach(async () => void (await changeSettings({ modelAudience: null, otherModels: null, tools: null })))

const [, OTHER = ""] = MODELS
const member = { ...user, guest: false }
const admin = { ...user, guest: false, admin: true }
const idsFor = async (who: typeof user | null) => (await offeredModels(who)).models.map(({ id }) => id)

test("a model is offered to guests, to members, to administrators, or to nobody", async () => {
  await changeSettings({ modelAudience: { [MODEL]: "members", [OTHER]: "admins" } })
  expect(await idsFor(null)).not.toContain(MODEL)
  expect(await idsFor(user)).not.toContain(MODEL)
  expect(await idsFor(member)).toContain(MODEL)
  expect(await idsFor(member)).not.toContain(OTHER)
  expect(await idsFor(admin)).toEqual(expect.arrayContaining([MODEL, OTHER]))
  await changeSettings({ otherModels: "nobody", modelAudience: { [OTHER]: "everyone" } })
  for (const who of [user, member, admin]) expect(await idsFor(who)).toEqual([OTHER])
})

test("users can't use a model not offered to them, with any serving option or by comparing", async () => {
  const { acceptMessage } = await modules()
  await changeSettings({ modelAudience: { [MODEL]: "members" } })
  const guest = await newGuest()
  const refused = { code: "model:not_offered", status: 403 }
  for (const model of [MODEL, `${MODEL}?service_tier=priority`])
    await expect(acceptMessage(guest, ask("hi", { model })), model).rejects.toMatchObject(refused)
  const compare = [OTHER, MODEL].map((model) => ({ model, responseId: uuidv7() }))
  await expect(acceptMessage(guest, ask("hi", { compare }))).rejects.toMatchObject(refused)
  await (await send(ask("[[words n=1]]", { model: MODEL }), member)).response?.text()
})

test("a request without a model uses the first one offered to the user", async () => {
  await changeSettings({ otherModels: "admins", modelAudience: { [OTHER]: "everyone" } })
  const { stored } = await import("@/lib/generation/generation.fixture")
  const question = ask("[[words n=1]]")
  await (await send(question)).response?.text()
  expect((await stored(question.id)).at(-1)?.metadata?.model).toBe(OTHER)
})

test("a chat whose model was withdrawn reports it, and continues with another one", async () => {
  const { acceptMessage, continueAnswer } = await modules()
  const question = ask("[[words n=60]]", { model: MODEL, settings: { maxTokens: 20 } })
  const { answerId, response } = await send(question)
  await response?.text()
  await changeSettings({ modelAudience: { [MODEL]: "nobody" } })
  await expect(acceptMessage(user, ask("on", { id: question.id }))).rejects.toMatchObject({ code: "model:not_offered" })
  const again = { messageId: answerId, generationId: uuidv7() }
  await expect(continueAnswer(user, question.id, again)).rejects.toMatchObject({ code: "model:not_offered" })
  const { models } = await offeredModels(user, { shown: [MODEL] })
  expect(models.find(({ id }) => id === MODEL)).toMatchObject({ missing: true, withheld: true })
  await (await send(ask("[[words n=1]]", { id: question.id, model: OTHER }))).response?.text()
})

test("with tools disabled, no model is given any", async () => {
  const { started } = await import("@/lib/generation/generation.fixture")
  const toolsOf = async () => {
    await (await send(ask("[[echo]] hi"))).response?.text()
    const asked = started.server.requests.map(({ body }) => body).filter((body) => "stream" in Object(body))
    return Reflect.get(Object(asked.at(-1)), "tools")
  }
  expect(await toolsOf()).toBeDefined()
  await changeSettings({ blockedTools: ["get_weather"] })
  expect(JSON.stringify(await toolsOf())).not.toContain("get_weather")
  const { tools } = await offeredModels(user)
  expect([tools.includes("calculate"), tools.includes("get_weather")]).toEqual([true, false])
  await changeSettings({ tools: false, blockedTools: null })
  expect(await toolsOf()).toBeUndefined()
  expect((await offeredModels(user)).tools).toEqual([])
})
