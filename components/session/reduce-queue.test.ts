import { describe, expect, it } from "vitest"
import type { SessionEvent } from "@/components/session/events"
import { answerOf, idsOf, play, sent, stateOf, turn, whole } from "@/components/session/reduce.fixture"
import { viewOf } from "@/components/session/session.fixture"
import { dueTurn } from "@/components/session/state"

describe("queued messages", () => {
  const waits = (id: string, at = 1): SessionEvent => ({ type: "waits", turn: turn(id), at })

  it("are in order, and go next when sent after a stop", () => {
    const state = play(stateOf(), waits("a"), waits("b", 2))
    expect([idsOf(state.queue), state.lastWait, state.urgent]).toEqual([["a", "b"], 2, false])
    expect(play(stateOf(), { type: "stopped" }, waits("a")).urgent).toBe(true)
  })

  it("sync with another tab, except for the message being sent here", () => {
    const state = play(stateOf(whole, { queue: [turn("a")] }), sent("a", "queue"))
    expect(idsOf(play(state, { type: "queueRead", turns: [turn("a"), turn("c")] }).queue)).toEqual(["c"])
  })

  it("are removed when another tab of the same queue has sent them", () => {
    const state = stateOf(whole, { queue: [turn("q1"), turn("a")] })
    const read = play(state, { type: "read", view: viewOf(whole) })
    expect(idsOf(read.queue)).toEqual(["a"])
    expect(dueTurn(read)?.id).toBe("a")
  })

  it("can be removed, or moved to the front", () => {
    const state = stateOf([], { queue: [turn("a"), turn("b")] })
    expect(idsOf(play(state, { type: "unqueued", id: "a" }).queue)).toEqual(["b"])
    expect(play(state, { type: "unqueued", id: "z" })).toBe(state)
    const hurried = play(state, { type: "hurried", id: "b" })
    expect([idsOf(hurried.queue), hurried.urgent]).toEqual([["b", "a"], true])
    expect(play(state, { type: "hurried", id: "z" })).toBe(state)
  })

  it("are sent automatically after a complete answer, or when one is urgent", () => {
    const queue = [turn("a"), turn("b")]
    expect(dueTurn(stateOf(whole, { queue }))?.id).toBe("a")
    const half = [...whole.slice(0, 1), answerOf("a1", "stopped")]
    expect([dueTurn(stateOf(half, { queue })), dueTurn(stateOf(half, { queue, urgent: true }))?.id]).toEqual([
      null,
      "a",
    ])
    expect(dueTurn(stateOf(whole))).toBeNull()
  })

  it("wait while an answer is streaming, answers are being compared, or another turn was first", () => {
    const queue = [turn("a")]
    expect(dueTurn(stateOf(whole, { queue, following: ["a1"] }))).toBeNull()
    expect(dueTurn(stateOf(whole, { queue, compared: [answerOf("x")] }))).toBeNull()
    expect(dueTurn(stateOf(whole, { queue, compared: [answerOf("x")], urgent: true }))?.id).toBe("a")
    const held = stateOf(whole, { queue, urgent: true, held: true })
    expect([dueTurn(held), dueTurn(play(held, { type: "released" }))?.id]).toEqual([null, "a"])
  })

  it("wait while a tool call awaits the user's approval", () => {
    const call = { type: "dynamic-tool" as const, toolName: "t", toolCallId: "c", input: {} }
    const asking = {
      ...answerOf("a1"),
      parts: [{ ...call, state: "approval-requested" as const, approval: { id: "p" } }],
    }
    const state = stateOf([...whole.slice(0, 1), asking], { queue: [turn("a")] })
    expect([dueTurn(state), dueTurn({ ...state, urgent: true })?.id]).toEqual([null, "a"])
  })

  it("are urgent only once", () => {
    const state = stateOf(whole, { queue: [turn("a")], urgent: true, stopped: true })
    expect(play(state, { type: "settled" })).toMatchObject({ urgent: false, stopped: false })
    const held = { ...state, held: true }
    expect(play(held, { type: "settled" })).toMatchObject({ urgent: true, stopped: false })
    const quiet = stateOf(whole)
    expect(play(quiet, { type: "settled" })).toBe(quiet)
  })
})
