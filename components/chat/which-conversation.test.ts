import { describe, expect, it } from "vitest"
import {
  begins,
  conversationAt,
  type ShownConversation,
  shownAt,
  shownFirst,
} from "@/components/chat/which-conversation"

const A = "0198c0de-0000-7000-8000-00000000000a"
const B = "0198c0de-0000-7000-8000-00000000000b"
const start: ShownConversation = { fresh: A, begun: false }
const newId = () => B

describe("the start page", () => {
  it("keeps its conversation while it has not begun, and when its first message changes the address", () => {
    expect(shownAt(start, "/", newId)).toBe(start)
    expect(shownAt(start, `/c/${A}`, newId)).toEqual({ fresh: A, begun: true })
  })

  it("begins another one when “/” is opened again after the first message", () => {
    expect(shownAt({ fresh: A, begun: true }, "/", newId)).toEqual({ fresh: B, begun: false })
  })

  it("begins another one where the router brings it back with the id of one that has begun", () => {
    expect(shownFirst(A)).toEqual(start)
    begins(A)
    expect(shownAt(shownFirst(A), "/", newId)).toEqual({ fresh: B, begun: false })
  })

  it("keeps the fresh conversation while another one is shown", () => {
    const shown = { fresh: B, begun: false }
    expect(shownAt(shown, `/c/${A}`, newId)).toBe(shown)
  })

  it("reads the conversation from the address only when it is one", () => {
    expect(conversationAt(`/c/${A}`)).toBe(A)
    expect([conversationAt("/"), conversationAt("/c/nonsense"), conversationAt(`/c/${A}/x`)]).toEqual([
      null,
      null,
      null,
    ])
  })
})
