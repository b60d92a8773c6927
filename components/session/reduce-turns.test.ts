import { describe, expect, it } from "vitest"
import {
  accepted,
  again,
  answerOf,
  continued,
  edited,
  ended,
  finished,
  followed,
  grew,
  idsOf,
  play,
  refused,
  sent,
  stateOf,
  turn,
  whole,
} from "@/components/session/reduce.fixture"
import { message } from "@/components/session/session.fixture"
import { awaitedAnswer, isAnswering, isBusy } from "@/components/session/state"

const compared = [answerOf("x", "complete", "m1"), answerOf("y", "complete", "m2")]

describe("message", () => {
  it("is appended immediately, and its answer is pending", () => {
    const state = play(stateOf(whole), sent("q2"))
    expect(idsOf(state.messages)).toEqual(["q1", "a1", "q2"])
    expect([awaitedAnswer(state), isBusy(state), state.attempt?.accepted]).toEqual(["q2-answer", true, false])
  })

  it("is remembered until the server has reported its outcome", () => {
    const state = play(stateOf(), sent("q2"))
    expect(state.unsure?.id).toBe("q2")
    expect(play(state, accepted).unsure).toBeNull()
    expect(play(state, refused("limit:reached")).unsure).toBeNull()
    expect(play(state, refused("network")).unsure?.id, "it may have arrived").toBe("q2")
    expect(play(state, finished).unsure?.id).toBe("q2")
  })

  it("from the queue is being sent, and returns to the front of the queue when rejected", () => {
    const waiting = stateOf(whole, { queue: [turn("q2"), turn("q3")] })
    const state = play(waiting, sent("q2", "queue"))
    expect([idsOf(state.queue), state.underway?.id, state.unsure]).toEqual([["q3"], "q2", null])
    expect(play(state, accepted)).toMatchObject({ underway: null, queue: [{ id: "q3" }] })
    for (const end of [refused("limit:reached"), refused("network"), finished])
      expect(play(state, end)).toMatchObject({ underway: null, queue: [{ id: "q2" }, { id: "q3" }] })
  })

  it("clears what the last attempt left on the page", () => {
    const left = { broken: true, stopped: true, reopened: { messageId: "q1", text: "", attached: [] } }
    const state = play(stateOf(whole, { ...left, refusal: { code: "c", message: "m", again: null } }), sent("q2"))
    expect(state).toMatchObject({ broken: false, stopped: false, reopened: null, refusal: null })
  })

  it.each([
    ["the first complete one", [answerOf("x", "failed"), answerOf("y")], "y"],
    ["else the first with content", [{ ...answerOf("x", "failed"), parts: [] }, answerOf("y", "stopped")], "y"],
    ["else the first", [{ ...answerOf("x", "failed"), parts: [] }], "x"],
  ])("continues from a compared answer: %s", (_, answers, kept) => {
    const state = play(stateOf(whole.slice(0, 1), { compared: answers }), sent("q2"))
    expect(idsOf(state.messages)).toEqual(["q1", kept, "q2"])
    expect(state.compared).toEqual([])
  })

  it("turns compared answers into versions, except those that failed before their first word", () => {
    const failed = { ...answerOf("z", "failed"), parts: [] }
    const state = play(stateOf(whole.slice(0, 1), { compared: [...compared, failed] }), sent("q2"))
    expect(state.siblings).toEqual({ x: ["x", "y"] })
    const alone = play(stateOf(whole.slice(0, 1), { compared: [compared[0] ?? failed, failed] }), sent("q2"))
    expect(alone.siblings).toEqual({})
  })

  it("sent to several models has a placeholder for each answer immediately", () => {
    const state = play(stateOf(whole), sent("q2", "composer", ["m1", "m2"]))
    const places = state.compared.map(({ id, metadata }) => [id, metadata?.model, metadata?.status, metadata?.parentId])
    expect(places).toEqual([
      ["q2-m1", "m1", "streaming", "q2"],
      ["q2-m2", "m2", "streaming", "q2"],
    ])
    expect(awaitedAnswer(state)).toBeNull()
  })
})

describe("edit", () => {
  it("replaces the old message, which becomes an alternative", () => {
    const state = play(stateOf(whole), edited)
    expect([idsOf(state.messages), state.siblings]).toEqual([["q2"], { q2: ["q1", "q2"] }])
  })

  it("is reopened when rejected, and the old branch is shown", () => {
    const state = play(stateOf(whole, { siblings: { q1: ["q0", "q1"] } }), edited, refused("limit:reached"))
    expect([idsOf(state.messages), state.siblings]).toEqual([["q1", "a1"], { q1: ["q0", "q1"] }])
    expect(state.reopened).toEqual({ messageId: "q1", text: "Two?", attached: [] })
    expect(state.refusal).toEqual({ code: "limit:reached", message: "No.", again: edited.asked })
  })
})

describe("regenerated answer", () => {
  it("is an alternative to the old one", () => {
    const state = play(stateOf(whole), again)
    expect([idsOf(state.messages), state.siblings, awaitedAnswer(state)]).toEqual([["q1"], { a2: ["a1", "a2"] }, "a2"])
  })

  it("is not an alternative to one that failed before its first word", () => {
    const failed = { ...answerOf("a1", "failed"), parts: [] }
    expect(play(stateOf([...whole.slice(0, 1), failed]), again).siblings).toEqual({})
  })
})

describe("continued answer", () => {
  it("is streaming as soon as the server accepts it", () => {
    const asked = play(stateOf([...whole.slice(0, 1), answerOf("a1", "stopped")]), continued)
    expect([asked.messages.at(-1)?.metadata?.status, awaitedAnswer(asked), isBusy(asked)]).toEqual([
      "stopped",
      null,
      true,
    ])
    expect(play(asked, accepted).messages.at(-1)?.metadata?.status).toBe("streaming")
    const back = play(asked, refused("limit:reached"))
    expect([back.messages, isBusy(back)]).toEqual([asked.messages, false])
  })
})

describe("rejected turn", () => {
  it("leaves the page unchanged, and shows the reason", () => {
    const before = stateOf(whole.slice(0, 1), { compared, siblings: { q1: ["q1", "q0"] } })
    const state = play(before, sent("q2"), refused("limit:reached"))
    expect(state).toMatchObject({ messages: before.messages, compared, siblings: before.siblings, attempt: null })
    expect([isAnswering(state), state.refusal?.again?.kind]).toEqual([false, "message"])
  })

  it("keeps older messages loaded in the meantime", () => {
    const state = play(stateOf(whole), sent("q2"))
    const older = { ...state, messages: [message("q0", "user", "Zero?"), ...state.messages] }
    expect(idsOf(play(older, refused("limit:reached")).messages)).toEqual(["q0", "q1", "a1"])
  })

  it.each(["composer", "queue"] as const)(
    "is queued and goes next when another turn was first: from the %s",
    (from) => {
      const queue = from === "queue" ? [turn("q2"), turn("q3")] : [turn("q3")]
      const state = play(stateOf(whole, { queue }), sent("q2", from), refused("conversation:busy"))
      expect(state).toMatchObject({
        urgent: true,
        held: true,
        refusal: null,
        broken: false,
        attempt: null,
        refusals: 1,
      })
      expect(idsOf(state.queue)).toEqual(from === "queue" ? ["q2", "q3"] : ["q3", "q2"])
      expect([idsOf(state.messages), state.underway]).toEqual([["q1", "a1"], null])
    },
  )

  it("is rejected normally when another turn was first and it is not a message", () => {
    expect(play(stateOf(whole), edited, refused("conversation:busy"))).toMatchObject({
      refusal: { code: "conversation:busy" },
      held: false,
      queue: [],
    })
  })

  it("counts consecutive rejections until one is accepted", () => {
    const twice = play(stateOf(), sent("q"), refused("conversation:busy"), sent("q"), refused("conversation:busy"))
    expect(twice.refusals).toBe(2)
    expect(play(twice, sent("q"), accepted).refusals).toBe(0)
  })

  it("after being accepted keeps the partial answer, and is not retried", () => {
    const state = play(stateOf(), sent("q2"), accepted, followed("q2-answer"), grew(answerOf("q2-answer", "streaming")))
    const failed = play(state, refused("conversation:not_found"))
    expect(idsOf(failed.messages)).toEqual(["q2", "q2-answer"])
    expect([failed.refusal?.again, failed.following, isBusy(failed)]).toEqual([null, [], false])
  })
})

describe("end of a turn", () => {
  const state = play(stateOf(whole), sent("q2"), accepted, followed("q2-answer"), grew(answerOf("q2-answer")))

  it("keeps the messages", () => {
    const done = play({ ...state, stopping: true, outdated: true }, ended(["q2-answer"]), finished)
    expect(idsOf(done.messages)).toEqual(["q1", "a1", "q2", "q2-answer"])
    expect(done).toMatchObject({ attempt: null, following: [], stopping: false, outdated: false })
    expect(isAnswering(done)).toBe(false)
  })

  it("removes a message the server never received", () => {
    expect(idsOf(play(stateOf(whole), sent("q2"), finished).messages)).toEqual(["q1", "a1"])
  })

  it("does not happen when the page is left: the answer continues on the server, and an unsent message is reverted when its own request ends", () => {
    expect(play(state, { type: "left" })).toMatchObject({ attempt: null, following: [], messages: state.messages })
    expect(play(stateOf(), sent("q2"), { type: "left" }).attempt).not.toBeNull()
  })
})

describe("stop", () => {
  it("is remembered for a turn the server does not have yet", () => {
    const asked = play(stateOf(), sent("q2"), { type: "stopped" })
    expect(asked).toMatchObject({ stopping: true, stopped: true, attempt: { stopWanted: true } })
    expect(play(stateOf(), sent("q2"), accepted, { type: "stopped" }).attempt?.stopWanted).toBe(false)
  })

  it("that did not reach the server is ignored", () => {
    expect(play(stateOf(), { type: "stopped" }, { type: "stopFailed" })).toMatchObject({
      stopping: false,
      stopped: false,
    })
  })

  it("from another tab applies to the streaming answer, and to messages queued since", () => {
    const writing = stateOf([...whole.slice(0, 1), answerOf("a1", "streaming")], { queue: [turn("q2")], lastWait: 5 })
    expect(play(writing, { type: "stopHeard", at: 5 })).toMatchObject({ stopped: true, urgent: true })
    expect(play(writing, { type: "stopHeard", at: 6 })).toMatchObject({ stopped: true, urgent: false })
    expect(play(stateOf(whole), { type: "stopHeard", at: 6 })).toMatchObject({ stopped: false, urgent: false })
  })
})

it("a rejection notice can be dismissed", () => {
  const state = play(stateOf(), sent("q2"), refused("limit:reached"), { type: "refusalDismissed" })
  expect(state.refusal).toBeNull()
})
