import { expect, test } from "vitest"
import { reduce } from "@/components/session/reduce"
import { again, edited, play, refused, sent, stateOf, whole } from "@/components/session/reduce.fixture"
import { message, viewOf } from "@/components/session/session.fixture"
import { initialState } from "@/components/session/state"
import type { ChatMessage } from "@/lib/messages/types"

const behind = (parentId: string | null, one: ChatMessage): ChatMessage => ({
  ...one,
  metadata: { createdAt: "", status: "complete", ...one.metadata, parentId },
})

test("replies to a deleted message are re-parented to its parent; other messages keep their identity", () => {
  const all = [
    behind(null, message("q", "user", "one")),
    behind("q", message("a", "assistant", "two")),
    behind("a", message("r", "user", "three")),
    behind("r", message("b", "assistant", "four")),
  ]
  const state = initialState(viewOf(all))
  const left = reduce(state, { type: "removed", messageId: "a" })
  expect(left.messages.map(({ id, metadata }) => [id, metadata?.parentId])).toEqual([
    ["q", null],
    ["r", "q"],
    ["b", "r"],
  ])
  expect(left.messages[0]).toBe(all[0])
  expect(left.messages[2]).toBe(all[3])
  expect(reduce(state, { type: "removed", messageId: "elsewhere" })).toBe(state)
  const first = reduce(state, { type: "removed", messageId: "q" })
  expect(first.messages[0]?.metadata?.parentId).toBeNull()
})

test("the reason for a restored draft stays until the message arrives or is sent again", () => {
  const read = { type: "read", view: viewOf(whole) } as const
  for (const asked of [sent("q2"), edited]) {
    const refusedThen = play(stateOf(whole), asked, refused("server:internal"))
    expect(play(refusedThen, read).refusal).toBe(refusedThen.refusal)
    expect(play(refusedThen, read, asked).refusal).toBeNull()
  }
  const arrived = { type: "read", view: viewOf([...whole, message("q2", "user", "q2")]) } as const
  expect(play(stateOf(whole), sent("q2"), refused("network"), arrived).refusal).toBeNull()
  expect(play(stateOf(whole), again, refused("server:internal"), read).refusal).toBeNull()
})
