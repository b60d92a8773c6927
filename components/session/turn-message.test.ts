import { expect, test } from "vitest"
import { attachedOf, textToCopy } from "@/components/base/message-content"
import { queueOf } from "@/components/session/queue"
import { partsOfDraft, partsOfEdit, userMessage } from "@/components/session/turn-message"
import { chatRequest } from "@/components/stream/chat-request"

const file = { name: "a.csv", mediaType: "text/csv", text: "1,2" }
const image = {
  id: "i",
  url: "/api/images/i",
  mediaType: "image/png",
  name: "a.png",
  width: 1,
  height: 1,
  bytes: 1,
}
const sent = { type: "file", url: image.url, mediaType: "image/png", filename: "a.png" }
const picture = { ...sent, providerMetadata: { sparkler: { width: 1, height: 1 } } }
const cv = { documentId: "d", name: "cv.pdf", pages: 2 }
const attached = { type: "data-text-file", data: file }

test("attachments come before the text, are sent as they are, and stay when the text is edited", () => {
  const parts = partsOfDraft({ text: "Add.", images: [image], documents: [], files: [file] })
  expect(parts).toEqual([picture, attached, { type: "text", text: "Add." }])
  const message = userMessage(parts, null)
  expect(chatRequest("c", [message], {})?.message.parts).toEqual([sent, attached, { type: "text", text: "Add." }])
  expect(partsOfEdit({ text: "Multiply.", attached: attachedOf(message) })).toEqual([
    picture,
    attached,
    { type: "text", text: "Multiply." },
  ])
  expect(partsOfDraft({ text: " ", images: [], documents: [], files: [file] })).toEqual([attached])
})

test("a document is sent by its id, an image with the user's description", () => {
  const said = { alt: "One dot", detail: "full" } as const
  const parts = partsOfDraft({ text: "", images: [{ ...image, ...said }], documents: [cv], files: [] })
  expect(parts[1]).toMatchObject({ type: "data-document", data: { ...cv, mode: "auto" } })
  const asked = chatRequest("c", [userMessage(parts, null)], {})
  expect(asked?.message.parts).toEqual([
    { ...sent, providerMetadata: { sparkler: said } },
    { type: "data-document", data: { documentId: "d", mode: "auto" } },
  ])
  const pages = { ...cv, range: [[2, 3]], mode: "pictures" }
  const chosen = partsOfDraft({ text: "", images: [], documents: [pages], files: [] })
  expect(chatRequest("c", [userMessage(chosen, null)], {})?.message.parts).toEqual([
    { type: "data-document", data: { documentId: "d", mode: "pictures", range: [[2, 3]] } },
  ])
})

test("a message is copied with its files under their names", () => {
  const message = userMessage(partsOfDraft({ text: "Add.", images: [image], documents: [], files: [file] }), null)
  expect(textToCopy(message)).toBe("Add.\n\na.csv:\n\n1,2")
})

test("queued messages keep their files; those of versions before files are still sent, corrupt ones are not", () => {
  const old = { id: "1", responseId: "2", text: "old", images: [], output: null }
  const turns = queueOf([old, { ...old, files: [file] }, { ...old, id: 7 }, { ...old, compare: [{}] }, null])
  expect(turns).toEqual([
    { ...old, files: [], documents: [] },
    { ...old, files: [file], documents: [] },
  ])
  expect([queueOf(null), queueOf("old")]).toEqual([[], []])
})
