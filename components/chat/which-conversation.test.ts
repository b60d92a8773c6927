import { describe, expect, it } from "vitest"
import {
  begins,
  conversationIdFromPath,
  initialShownConversation,
  nextShownConversation,
  type ShownConversation,
} from "@/components/chat/which-conversation"

const A = "0198c0de-0000-7000-8000-00000000000a"
const B = "0198c0de-0000-7000-8000-00000000000b"
const start: ShownConversation = { fresh: A, begun: false }
const newId = () => B

describe("start page", () => {
  it("keeps its conversation until the first message, and when that message changes the URL", () => {
    expect(nextShownConversation(start, "/", newId)).toBe(start)
    expect(nextShownConversation(start, `/c/${A}`, newId)).toEqual({ fresh: A, begun: true })
  })

  it("starts a new conversation when “/” is opened again after the first message", () => {
    expect(nextShownConversation({ fresh: A, begun: true }, "/", newId)).toEqual({ fresh: B, begun: false })
  })

  it("starts a new conversation when the router restores it with the id of an existing one", () => {
    expect(initialShownConversation(A)).toEqual(start)
    begins(A)
    expect(nextShownConversation(initialShownConversation(A), "/", newId)).toEqual({ fresh: B, begun: false })
  })

  it("keeps the new conversation while another one is shown", () => {
    const shown = { fresh: B, begun: false }
    expect(nextShownConversation(shown, `/c/${A}`, newId)).toBe(shown)
  })

  it("reads the conversation from the URL only if it is a conversation URL", () => {
    expect(conversationIdFromPath(`/c/${A}`)).toBe(A)
    expect([
      conversationIdFromPath("/"),
      conversationIdFromPath("/c/nonsense"),
      conversationIdFromPath(`/c/${A}/x`),
    ]).toEqual([null, null, null])
  })
})
