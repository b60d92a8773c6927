/** The models route, and a person's corrections there. */
import { expect, test } from "vitest"
import { GET, PATCH } from "@/app/api/models/route"
import { testSession } from "@/lib/auth/guest.fixture"
import { ask, modules, send, setUp, stored, textOf, user } from "@/lib/generation/generation.fixture"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

setUp()

const ORIGIN = "http://localhost:3000"
const KIMI = "accounts/fireworks/models/kimi-k3"
const stranger = { id: "11111111-1111-7111-8111-111111111111", guest: true, name: null }

async function request(
  method: string,
  { as = user, query = "", body }: { as?: typeof user; query?: string; body?: object },
) {
  const headers = { origin: ORIGIN, host: "localhost:3000", cookie: await testSession(as.id) }
  return new Request(`${ORIGIN}/api/models${query}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}

async function listed(id: string, as = user, query = ""): Promise<ModelInfo | undefined> {
  const { models }: ModelsResponse = await (await GET(await request("GET", { as, query }), {})).json()
  return models.find((model) => model.id === id)
}

const say = async (model: string, images: unknown) =>
  (await PATCH(await request("PATCH", { body: { model, images } }), {})).status

test("a user's vision override is stored, applies to all serving options of the model, and to no other user", async () => {
  const { withImageSupport } = await import("@/lib/chat/model-image-support")
  const { resolveModel } = await import("@/lib/ai/catalogue/catalogue")
  expect(await say(KIMI, false)).toBe(204)
  expect(await listed(KIMI)).toMatchObject({ images: false, imagesSet: true })
  expect((await listed(KIMI, stranger))?.images).toBe(true)
  const fast = await resolveModel("accounts/fireworks/routers/kimi-k3-fast")
  expect((await withImageSupport(user.id, fast)).images).toBe(false)
  expect(await say(KIMI, null)).toBe(204)
  expect((await listed(KIMI))?.images).toBe(true)
  expect(await say(KIMI, "yes")).toBe(400)
  expect(await say("", true)).toBe(400)
})

test("an unlisted model is reported when it is named", async () => {
  const id = "accounts/me/deployments/llava-7b"
  expect(await listed(id)).toBeUndefined()
  expect(await listed(id, user, `?with=${encodeURIComponent(id)}`)).toMatchObject({ images: true, imagesGuessed: true })
})

test("a page gets its notice in the user's language", async () => {
  const { pageModels } = await import("@/lib/quota/offers")
  const texts = await Promise.all(
    (["en", "de"] as const).map(async (language) => (await pageModels(null, [], language)).notice.text),
  )
  const inGerman = new Request(`${ORIGIN}/api/models`, {
    headers: { cookie: await testSession(user.id), "accept-language": "de" },
  })
  const { notice }: ModelsResponse = await (await GET(inGerman, {})).json()
  expect(texts[1]).toBe(notice.text)
  expect(texts[0]).not.toBe(texts[1])
})

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

test("an image is rejected with the names of vision models, and sent once the user declares that this one supports it", async () => {
  const { acceptMessage } = await modules()
  const { addImage } = await import("@/lib/images/images")
  const image = await addImage(user.id, Buffer.from(PNG, "base64"), "dot.png")
  const first = ask("[[echo]] What is this?", { model: KIMI })
  const picture = { type: "file" as const, url: `/api/images/${image.id}`, mediaType: image.mediaType }
  const question = { ...first, message: { ...first.message, parts: [...first.message.parts, picture] } }
  expect(await say(KIMI, false)).toBe(204)
  await expect(acceptMessage(user, question)).rejects.toMatchObject({
    code: "model:no_images",
    message: expect.stringMatching(/^Kimi K3 can't see images\. These models can: .*GLM 5\.3 Flash/),
    details: { seeing: expect.arrayContaining([expect.objectContaining({ name: "GLM 5.3 Flash" })]) },
  })
  expect(await say(KIMI, true)).toBe(204)
  await (await send(question)).response?.text()
  expect(textOf((await stored(question.id))[1])).toContain("What is this?")
})
