import { describe, expect, it } from "vitest"
import type { SessionEvent } from "@/components/session/events"
import {
  accepted,
  answerOf,
  ended,
  followed,
  grew,
  idsOf,
  play,
  sent,
  stateOf,
  whole,
} from "@/components/session/reduce.fixture"
import { message, viewOf } from "@/components/session/session.fixture"
import { initialState, isBusy, newsOf, shouldApplyView, unfollowedAnswerIds } from "@/components/session/state"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage } from "@/lib/messages/types"

const writing = [...whole.slice(0, 1), answerOf("a1", "streaming")]
const two = [answerOf("x", "streaming", "m1"), answerOf("y", "streaming", "m2")]
const comparing = stateOf(whole.slice(0, 1), { compared: two })
const read = (view: ConversationView): SessionEvent => ({ type: "read", view })

describe("server-rendered page", () => {
  it("shows compared answers next to the question", () => {
    const state = initialState({ ...viewOf([...whole.slice(0, 1), ...two.slice(0, 1)]), compared: two })
    expect([idsOf(state.messages), idsOf(state.compared)]).toEqual([["q1"], ["x", "y"]])
  })

  it("reports answers that are streaming but not followed yet", () => {
    expect(unfollowedAnswerIds(stateOf(writing))).toEqual(["a1"])
    expect(unfollowedAnswerIds(stateOf(writing, { following: ["a1"] }))).toEqual([])
    expect(unfollowedAnswerIds(play(comparing, followed("y")))).toEqual(["x"])
    expect([isBusy(stateOf(writing)), isBusy(stateOf(writing, { broken: true })), isBusy(stateOf(whole))]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe("streaming answer", () => {
  it("is inserted after its question at the first word, and updated in place", () => {
    const asked = play(stateOf(), sent("q2"), accepted, followed("q2-answer"))
    const first = answerOf("q2-answer", "streaming")
    const begun = play(asked, grew(first))
    expect(idsOf(begun.messages)).toEqual(["q2", "q2-answer"])
    const more = { ...first, parts: [{ type: "text" as const, text: "more" }] }
    const grown = play(begun, grew(more))
    expect(grown.messages.at(-1)).toBe(more)
    expect(grown.messages[0], "others are not rerendered").toBe(begun.messages[0])
  })

  it("takes its place among compared answers, one or all of them", () => {
    const both = play(comparing, followed("x", "y"), grew(answerOf("x"), answerOf("y", "stopped")))
    expect(both.compared.map(({ metadata }) => metadata?.status)).toEqual(["complete", "stopped"])
    expect(idsOf(both.messages)).toEqual(["q1"])
  })

  it("is hidden when nobody follows it", () => {
    const state = stateOf(whole)
    expect(play(state, grew(answerOf("a1", "streaming")))).toBe(state)
    const left = play(comparing, followed("x", "y"), { type: "comparisonLeft" })
    expect(play(left, grew(answerOf("x")))).toBe(left)
    expect(left).toMatchObject({ compared: [], following: [] })
  })

  it("is not appended when it was not requested here", () => {
    expect(idsOf(play(stateOf(whole), followed("z"), grew(answerOf("z"))).messages)).toEqual(["q1", "a1"])
  })
})

describe("end of an answer", () => {
  it("keeps following the others", () => {
    const state = play(comparing, followed("x", "y"), ended(["x"]))
    expect([state.following, state.outdated]).toEqual([["y"], false])
  })

  it("off-screen requires a refetch, and is counted until content was seen or fetched in full", () => {
    const gone = play(stateOf(writing), followed("a1"), ended([], ["a1"]))
    expect(gone).toMatchObject({ following: [], outdated: true, misses: 1 })
    expect(play(gone, read(viewOf(writing))), "still reported as streaming").toMatchObject({
      misses: 1,
      outdated: false,
    })
    expect(play(gone, read(viewOf(whole))).misses).toBe(0)
    expect(play(gone, followed("a1"), ended(["a1"])).misses).toBe(0)
    const other = play(comparing, followed("x", "y"), ended([], ["x"]), ended(["y"]))
    expect(other.misses).toBe(0)
  })
})

describe("fetched conversation", () => {
  it("is shown, keeping object identity where nothing changed", () => {
    const state = stateOf(whole, { refusal: { code: "c", message: "m", again: null }, broken: true })
    const view = { ...viewOf([...structuredClone(whole), message("q2", "user", "Two?")], { q2: ["q2"] }), earlier: 3 }
    const next = play(state, read(view))
    expect(next).toMatchObject({ siblings: { q2: ["q2"] }, earlier: 3, refusal: null, broken: false })
    expect([next.messages[0], next.messages.length]).toEqual([whole[0], 3])
    expect(next.messages[0]).toBe(whole[0])
  })

  it("does not override what was started in the meantime", () => {
    for (const state of [play(stateOf(whole), sent("q2")), play(stateOf(writing), followed("a1"))]) {
      expect(shouldApplyView(state, viewOf(whole))).toBe(false)
      expect(play(state, read(viewOf([])))).toBe(state)
    }
  })

  it("keeps followed answers next to the fetched ones", () => {
    const grown = answerOf("x", "streaming")
    const state = play(comparing, followed("x"), grew(grown))
    const view = { ...viewOf([...whole.slice(0, 1), answerOf("x")]), compared: [answerOf("x"), answerOf("z")] }
    const next = play(state, read(view))
    expect(idsOf(next.compared)).toEqual(["x", "z"])
    expect(next.compared[0]).toBe(grown)
    const asking = play(comparing, sent("q2", "composer", ["m1", "m2"]))
    expect(shouldApplyView(asking, view), "not stored yet").toBe(false)
    expect(shouldApplyView(play(asking, accepted, followed("q2-m1")), view)).toBe(true)
  })

  it("keeps older messages loaded in the meantime", () => {
    const older = viewOf([message("q0", "user", "Zero?")], { q0: ["q0", "qx"] })
    const state = play(stateOf(whole, { earlier: 1 }), { type: "earlierRead", view: older })
    expect([idsOf(state.messages), state.earlier, state.siblings]).toEqual([["q0", "q1", "a1"], 0, older.siblings])
    const next = play(state, read({ ...viewOf(whole, { q1: ["q1"] }), earlier: 1 }))
    expect([idsOf(next.messages), next.earlier]).toEqual([["q0", "q1", "a1"], 0])
    expect(next.siblings).toEqual({ q0: ["q0", "qx"], q1: ["q1"] })
  })
})

describe("messages the server inserted before a question", () => {
  const state = play(stateOf(whole), sent("q2"), accepted, followed("q2-answer"), grew(answerOf("q2-answer")))
  const view = viewOf([
    ...whole,
    message("q9", "user", "Other?"),
    message("a9", "assistant", "O"),
    message("q2", "user", "q2"),
  ])

  it("are shown before it", () => {
    const next = play(state, { type: "missedRead", view, questionId: "q2" })
    expect(idsOf(next.messages)).toEqual(["q1", "a1", "q9", "a9", "q2", "q2-answer"])
    expect(next.outdated).toBe(false)
  })

  it("are fetched with the answer when they can't be fetched now", () => {
    expect(play(state, { type: "missedRead", view: null, questionId: "q2" })).toMatchObject({ outdated: true })
    expect(play(state, { type: "missedRead", view: viewOf(whole), questionId: "q2" }).outdated).toBe(true)
    const elsewhere = stateOf([])
    expect(play(elsewhere, { type: "missedRead", view, questionId: "q2" })).toBe(elsewhere)
  })
})

describe("answer notification", () => {
  const news = (messageId: string, status = "streaming") => ({ messageId, status })

  it("triggers an immediate fetch on an idle page, unless the answer is known", () => {
    expect([newsOf(stateOf(whole), news("a1", "complete")), newsOf(stateOf(whole), news("a2"))]).toEqual([
      "known",
      "read",
    ])
    expect(newsOf(stateOf(whole), news("a1"))).toBe("read")
  })

  it("triggers a fetch when tool calls await the user: another tab may have answered one", () => {
    const call: ChatMessage["parts"][number] = {
      ...{ type: "dynamic-tool", toolName: "x", toolCallId: "c", input: {} },
      ...{ state: "approval-requested", approval: { id: "p" } },
    }
    const waits = whole.map((one): ChatMessage => (one.id === "a1" ? { ...one, parts: [...one.parts, call] } : one))
    expect(newsOf(stateOf(waits), news("a1", "complete"))).toBe("read")
  })

  it("is deferred while another answer is streaming", () => {
    const state = play(stateOf(whole), sent("q2"))
    expect([newsOf(state, news("q2-answer")), newsOf(state, news("a9"))]).toEqual(["known", "later"])
    expect(newsOf(play(stateOf(writing), followed("a1")), news("a1", "complete"))).toBe("known")
    expect(play(state, { type: "outdated" }).outdated).toBe(true)
  })

  it("triggers an immediate fetch next to compared answers, unless they are followed", () => {
    const state = play(comparing, followed("x"))
    expect([newsOf(state, news("x", "complete")), newsOf(state, news("y")), newsOf(state, news("z"))]).toEqual([
      "known",
      "known",
      "read",
    ])
    expect(newsOf(play(stateOf(whole), sent("q2", "composer", ["m1", "m2"])), news("z"))).toBe("known")
  })
})

describe("compared answer", () => {
  it("is replaced in place", () => {
    const state = play(comparing, { type: "replaced", messageId: "x", by: answerOf("z") })
    expect(idsOf(state.compared)).toEqual(["z", "y"])
  })

  it("is no longer tracked when the comparison is left, but a turn being sent continues", () => {
    const asked = play(stateOf(), sent("q2", "composer", ["m1", "m2"]))
    expect(play(asked, accepted, { type: "comparisonLeft" }).attempt).toBeNull()
    expect(play(asked, { type: "comparisonLeft" }).attempt).not.toBeNull()
  })
})

it("an unchanged connection status is not a state change", () => {
  const state = stateOf()
  expect(play(state, { type: "connection", connection: "open" })).toBe(state)
  expect(play(state, { type: "connection", connection: "reconnecting" }).connection).toBe("reconnecting")
})
