/** Files that messages show are kept; files never sent are deleted, and sending one afterwards is refused. */
import { expect, test } from "vitest"
import { ask, modules, send, setUp, started, user } from "@/lib/generation/generation.fixture"

setUp()

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
/** A model that accepts images. */
const model = "accounts/fireworks/models/kimi-k3"

async function withPicture() {
  const { addImage } = await import("@/lib/images/images")
  const image = await addImage(user.id, Buffer.from(PNG, "base64"), "dot.png")
  const question = ask("[[echo]] What is this?", { model })
  const part = { type: "file" as const, url: `/api/images/${image.id}`, mediaType: image.mediaType }
  return {
    image,
    request: { ...question, message: { ...question.message, parts: [...question.message.parts, part] } },
  }
}

test("a sent image is kept, an unsent one is removed after a day, and sending it then is an error", async () => {
  const { sweepFiles } = await import("@/lib/files/sweep")
  const { acceptMessage } = await modules()
  const [sent, unsent] = [await withPicture(), await withPicture()]
  await (await send(sent.request)).response?.text()
  await sweepFiles(new Date(Date.now() + 2 * 86_400_000))
  const ids = [sent.image.id, unsent.image.id]
  const left = await started.testDb.database.file.findMany({ where: { id: { in: ids } }, select: { id: true } })
  expect(left).toEqual([{ id: sent.image.id }])
  await expect(acceptMessage(user, unsent.request)).rejects.toMatchObject({ code: "image:not_found" })
})

test("an image is removed when its conversation is purged", async () => {
  const { sweepFiles } = await import("@/lib/files/sweep")
  const { purgeConversations } = await import("@/lib/db/conversations")
  const { database } = started.testDb
  const { image, request } = await withPicture()
  await (await send(request)).response?.text()
  await database.conversation.update({ where: { id: request.id }, data: { deletedAt: new Date(0) } })
  await purgeConversations(new Date(1), new Date(0))
  await sweepFiles(new Date(Date.now() + 2 * 86_400_000))
  expect(await database.file.count({ where: { id: image.id } })).toBe(0)
})
