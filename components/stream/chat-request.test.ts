import { expect, test } from "vitest"
import { chatRequest } from "@/components/stream/chat-request"
import type { ChatMessage } from "@/lib/messages/types"

const messages: ChatMessage[] = [
  { id: "a0", role: "assistant", parts: [{ type: "text", text: "before" }] },
  {
    id: "q1",
    role: "user",
    metadata: { parentId: "a0", createdAt: "2026-11-23T08:00:00.000Z", status: "complete" },
    parts: [
      { type: "file", url: "/api/images/1", mediaType: "image/png", filename: "a.png" },
      { type: "text", text: "Hello" },
    ],
  },
  { id: "a1", role: "assistant", parts: [] },
]

test("a request contains only the user's last message, with the ids of the turn", () => {
  expect(chatRequest("c", messages, { parentId: "a0", responseId: "a2", model: "m" })).toEqual({
    id: "c",
    message: {
      id: "q1",
      role: "user",
      parts: [
        { type: "file", url: "/api/images/1", mediaType: "image/png", filename: "a.png" },
        { type: "text", text: "Hello" },
      ],
    },
    parentId: "a0",
    responseId: "a2",
    model: "m",
  })
  expect(chatRequest("c", messages.slice(0, 1), {})).toBeNull()
})

test("a comparison request does not name a single model", () => {
  const compare = [{ model: "m1", responseId: "x" }]
  expect(chatRequest("c", messages, { model: "m", compare })).toMatchObject({ model: undefined, compare })
})
