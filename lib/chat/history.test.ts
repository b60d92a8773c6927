import { expect, test } from "vitest"
import { imageIdOf, imageIdsOf, toModelMessages } from "@/lib/chat/history"
import type { ChatMessage } from "@/lib/messages/types"

const id = (n: number) => `0198c0de-0000-7000-8000-${String(n).padStart(12, "0")}`
const user = (parts: ChatMessage["parts"]): ChatMessage => ({ id: id(1), role: "user", parts })
const image = (n: number) =>
  ({ type: "file", url: `/api/images/${id(n)}`, mediaType: "image/png", filename: `${n}.png` }) as const
const text = (value: string) => ({ type: "text", text: value }) as const
const loadAll =
  (size = 10) =>
  async (ids: string[]) =>
    new Map(ids.map((key) => [key, { mediaType: "image/png", base64: "A".repeat(size) }]))

test("only our own image addresses are images", () => {
  expect(imageIdOf(`/api/images/${id(1)}`)).toBe(id(1))
  for (const url of [
    "https://evil.example/x.png",
    `/api/images/${id(1)}?x`,
    "/api/images/../secret",
    `//evil/api/images/${id(1)}`,
  ])
    expect(imageIdOf(url)).toBeNull()
})

test("images travel as data URIs, newest first when there are too many", async () => {
  const messages = [
    user(Array.from({ length: 20 }, (_, n) => image(n))),
    user(Array.from({ length: 20 }, (_, n) => image(100 + n))),
  ]
  expect(imageIdsOf(messages)[0]).toBe(id(100))
  const sent = JSON.stringify(await toModelMessages(messages, { images: true, loadImages: loadAll() }))
  expect(sent.match(/AAAAAAAAAA/g)).toHaveLength(30)
  expect(sent).toContain("[Image 19.png is not included.]")
  expect(sent).not.toContain("[Image 119.png")
  expect(sent).not.toContain("/api/images/")
})

test("together they stay under the limit of a request", async () => {
  const messages = [user([image(1)]), user([image(2)]), user([image(3)])]
  const sent = JSON.stringify(await toModelMessages(messages, { images: true, loadImages: loadAll(4_000_000) }))
  expect(sent.length).toBeLessThan(10_000_000)
  expect(sent).toContain("[Image 1.png is not included.]")
})

test("a model that can't see is told that there was a picture", async () => {
  const [message] = await toModelMessages([user([text("look"), image(1)])], { images: false, loadImages: loadAll() })
  expect(message?.content).toEqual([
    { type: "text", text: "look" },
    { type: "text", text: "[Image 1.png is not included.]" },
  ])
})

test("an interrupted tool call gets a result, an empty answer is left out", async () => {
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
  const messages = await toModelMessages(history, { images: false, loadImages: loadAll() })
  expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool", "user"])
  expect(JSON.stringify(messages[2])).toContain("did not finish")
})
