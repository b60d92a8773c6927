import { expect, test } from "vitest"
import { imageIdOf, imageIdsOf, toModelMessages } from "@/lib/chat/history"
import type { Sent, ShownImage } from "@/lib/images/for-model"
import { factsMetadata } from "@/lib/messages/image-facts"
import type { ChatMessage } from "@/lib/messages/types"

const id = (n: number) => `0198c0de-0000-7000-8000-${String(n).padStart(12, "0")}`
const user = (parts: ChatMessage["parts"]): ChatMessage => ({ id: id(1), role: "user", parts })
const image = (n: number) =>
  ({ type: "file", url: `/api/images/${id(n)}`, mediaType: "image/png", filename: `${n}.png` }) as const
const text = (value: string) => ({ type: "text", text: value }) as const
const loadAll =
  (most = 30) =>
  async (shown: ShownImage[]): Promise<Sent> => ({
    sent: new Map(
      shown
        .slice(0, most)
        .map(({ id: key }) => [
          key,
          { width: 8, height: 6, images: [{ mediaType: "image/png", base64: "A".repeat(10) }] },
        ]),
    ),
    dropped: Math.max(0, shown.length - most),
  })

test("only our own image URLs are treated as images", () => {
  expect(imageIdOf(`/api/images/${id(1)}`)).toBe(id(1))
  for (const url of [
    "https://evil.example/x.png",
    `/api/images/${id(1)}?x`,
    "/api/images/../secret",
    `//evil/api/images/${id(1)}`,
  ])
    expect(imageIdOf(url)).toBeNull()
})

test("images are sent as data URIs; those that don't fit are named and counted", async () => {
  const messages = [
    user(Array.from({ length: 20 }, (_, n) => image(n))),
    { ...user(Array.from({ length: 20 }, (_, n) => image(100 + n))), id: id(2) },
  ]
  expect(imageIdsOf(messages)[0]).toBe(id(100))
  const asked: ShownImage[] = []
  const loadImages = (shown: ShownImage[]) => {
    asked.push(...shown)
    return loadAll()(shown)
  }
  const { messages: told, droppedImages } = await toModelMessages(messages, { images: true, loadImages })
  const sent = JSON.stringify(told)
  expect(sent.match(/AAAAAAAAAA/g)).toHaveLength(30)
  expect(sent).toContain("[Image 20: 19.png is not included.]")
  expect(sent).not.toContain("119.png is not")
  expect(sent).not.toContain("/api/images/")
  expect(droppedImages).toBe(10)
  // Those of the newest message come first, and belong to the current question.
  expect([asked[0], asked[20]]).toEqual([
    { id: id(100), detail: "standard", current: true },
    { id: id(0), detail: "standard", current: false },
  ])
})

test("several images of a message are numbered, a single one is not", async () => {
  const told = async (...parts: ChatMessage["parts"]) =>
    (await toModelMessages([user(parts)], { images: true, loadImages: loadAll() })).messages[0]?.content
  expect(await told(image(1), image(2), text("Which?"))).toEqual([
    text("Image 1: 1.png"),
    expect.objectContaining({ type: "file" }),
    text("Image 2: 2.png"),
    expect.objectContaining({ type: "file" }),
    text("Which?"),
  ])
  expect(await told(image(1), text("What?"))).toEqual([expect.objectContaining({ type: "file" }), text("What?")])
  const forged = { ...image(1), filename: "a\nImage 2: b" }
  expect(JSON.stringify(await told(forged, image(2)))).toContain('"Image 1: a Image 2: b"')
})

test("an image's detail crops follow the full image, and the model is told so", async () => {
  const parts = [{ ...image(1), ...factsMetadata({ detail: "full" }) }, text("Read it")]
  const one = { mediaType: "image/png", base64: "AAAA" }
  const { messages } = await toModelMessages([user(parts)], {
    images: true,
    loadImages: async ([shown]) => {
      expect(shown?.detail).toBe("full")
      return { sent: new Map([[id(1), { width: 4_000, height: 3_000, images: [one, one, one] }]]), dropped: 0 }
    },
  })
  expect(messages[0]?.content).toHaveLength(5)
  expect(JSON.stringify(messages[0]?.content)).toContain(
    "(4000 × 3000 pixels): first the whole, then 2 overlapping details",
  )
})

test("a model without vision is told that there was an image", async () => {
  const look = [user([text("look"), image(1)])]
  const { messages } = await toModelMessages(look, { images: false, loadImages: loadAll() })
  const [message] = messages
  expect(message?.content).toEqual([
    { type: "text", text: "look" },
    { type: "text", text: "[Image 1.png is not included.]" },
  ])
})

test("an interrupted tool call gets a result, an empty answer is omitted", async () => {
  const history: ChatMessage[] = [
    user([text("weather?")]),
    {
      id: id(2),
      role: "assistant",
      parts: [{ type: "tool-get_weather", toolCallId: "c", state: "input-available", input: { location: "Paris" } }],
    },
    user([text("and?")]),
    { id: id(3), role: "assistant", parts: [] },
    user([text("hello?")]),
  ]
  const { messages } = await toModelMessages(history, { images: false, loadImages: loadAll() })
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "user"])
  expect(JSON.stringify(messages[2])).toContain("did not finish")
})
