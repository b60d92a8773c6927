import type { ModelMessage } from "ai"
import { expect, test } from "vitest"
import { withToolImages } from "@/lib/generation/tools/shown-images"

const result = (id: string): ModelMessage => ({
  role: "tool",
  content: [
    {
      ...{ type: "tool-result", toolCallId: id, toolName: "s__image" },
      output: {
        type: "content",
        value: [
          { type: "text", text: `result ${id}` },
          { type: "file", mediaType: "image/*", data: { type: "reference", reference: { sparkler: id } } },
        ],
      },
    },
  ],
})
const asked: ModelMessage = { role: "user", content: "show" }
const image = { width: 1, height: 1, images: [{ mediaType: "image/png", base64: "AAAA" }] }

test("results become text, and their images follow the last result as a user turn", async () => {
  const load = async (ids: string[]) => new Map(ids.map((id) => [id, image]))
  const shown = await withToolImages([asked, result("a"), result("b"), asked], async () => load)
  expect(shown.map(({ role }) => role)).toEqual(["user", "tool", "tool", "user", "user"])
  expect(shown[1]).toMatchObject({ content: [{ output: { type: "text", value: "result a" } }] })
  expect(shown[3]).toMatchObject({
    content: [{ type: "text" }, { type: "file", mediaType: "image/png" }, { type: "file" }],
  })
  expect(JSON.stringify(shown.slice(0, 3))).not.toContain("AAAA")
})

test("a model without vision is told that there were images", async () => {
  const [, , told] = await withToolImages([asked, result("a")], async () => null)
  expect(told).toMatchObject({ role: "user", content: [{ text: expect.stringContaining("can't be shown") }] })
  expect(told?.content).toHaveLength(1)
})

test("without images the messages are unchanged", async () => {
  const messages = [asked]
  expect(await withToolImages(messages, async () => null)).toBe(messages)
})
