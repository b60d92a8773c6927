/** Tests of a conversation in which models are compared. */
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { textOf } from "@/components/base/message-content"
import { pageStorage } from "@/components/base/storage"
import { DraftStore } from "@/components/draft/draft"
import { ConversationSession } from "@/components/session/session"
import {
  answer,
  doneOf,
  eventsOf,
  type Handler,
  ID,
  message,
  refusal,
  stream,
  viewOf,
} from "@/components/session/session.fixture"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage, Comparing } from "@/lib/messages/types"

/** A busy machine needs more than the default of one second. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000 })

let routes: Record<string, Handler>
let asked: string[]

beforeEach(() => {
  routes = {}
  asked = []
  vi.stubGlobal("window", new EventTarget())
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const name = `${init.method ?? "GET"} ${path.split("?")[0]?.replace(ID, ":id")}`
    asked.push(name)
    const handler = routes[name]
    if (!handler) throw new TypeError("Failed to fetch")
    return handler(typeof init.body === "string" ? JSON.parse(init.body) : {}, init.signal ?? null)
  })
})
afterEach(() => vi.unstubAllGlobals())

function open(view: ConversationView | null = null, models: string[] = []) {
  const draft = new DraftStore("c")
  const heard: string[] = []
  let chosen: Comparing = { models }
  const session = new ConversationSession({
    id: ID,
    view,
    draft,
    storage: pageStorage,
    turn: () => ({ model: "m" }),
    onAccepted: () => heard.push("accepted"),
    onTitle: () => {},
    onEnded: () => heard.push("ended"),
    comparing: () => chosen,
    compareAgain: (back) => {
      chosen = back
    },
    onKept: (model) => heard.push(`kept ${model}`),
  })
  const compared = () => session.snapshot().compared.map(({ metadata, ...rest }) => [metadata?.status, textOf(rest)])
  const texts = () => session.snapshot().messages.map(textOf)
  const choose = (next: string[], blind = false) => {
    chosen = { models: next, ...(blind && { blind: true as const }) }
  }
  return { session, draft, heard, compared, texts, chosen: () => chosen, choose }
}

/** All answers in one stream. */
const streamOf = (answers: ChatMessage[]) =>
  new Response(answers.map(({ id, ...rest }) => eventsOf(answer(id, textOf(rest)), id) + doneOf(id)).join(""), {
    headers: { "content-type": "text/event-stream" },
  })

const withModel = (one: ChatMessage, model: string): ChatMessage => ({
  ...one,
  ...(one.metadata && { metadata: { ...one.metadata, model } }),
})
const question = message("q", "user", "Which?")
const two = [withModel(message("a", "assistant", "From A"), "m1"), withModel(message("b", "assistant", "From B"), "m2")]
const openView = (compared = two) => ({ ...viewOf([question, ...compared.slice(0, 1)]), compared })

it("sends one request for all models, and shows each answer as it streams", async () => {
  let sent: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    sent = body
    const ids = Array.isArray(body.compare) ? body.compare.map(({ responseId }) => String(responseId)) : []
    return streamOf(ids.map((id, n) => message(id, "assistant", `Answer ${n}`)))
  }
  const { session, draft, heard, compared, texts, chosen } = open(null, ["m1", "m2"])
  draft.update(() => ({ text: "Which?" }))
  session.send()
  expect(compared(), "immediately").toEqual([
    ["streaming", ""],
    ["streaming", ""],
  ])
  await until(() => expect(heard).toEqual(["accepted", "ended"]))
  expect(compared()).toEqual([
    ["complete", "Answer 0"],
    ["complete", "Answer 1"],
  ])
  expect(texts()).toEqual(["Which?"])
  expect(sent).toMatchObject({ compare: [{ model: "m1" }, { model: "m2" }] })
  expect(sent).not.toHaveProperty("model")
  expect(chosen(), "the next message goes to the same models").toEqual({ models: ["m1", "m2"] })
})

it("restores the text and the models when the server rejects the request", async () => {
  routes["POST /api/chat"] = () => refusal(429, "limit:reached", "Too many at once.")
  const { session, draft, compared, texts, chosen } = open(null, ["m1", "m2"])
  draft.update(() => ({ text: "Which?" }))
  session.send()
  await until(() => expect(session.snapshot().refusal).toMatchObject({ message: "Too many at once." }))
  expect([texts(), compared(), draft.get().text, chosen()]).toEqual([[], [], "Which?", { models: ["m1", "m2"] }])
})

it("shows only the kept answer, and continues with its model", async () => {
  const [, b] = two
  routes["PATCH /api/conversations/:id"] = (body) => {
    expect(body).toEqual({ kept: "b" })
    return Response.json(viewOf([question, ...(b ? [b] : [])], { b: ["a", "b"] }))
  }
  const { session, heard, compared, texts } = open(openView())
  expect([texts(), compared().length]).toEqual([["Which?"], 2])
  expect(await session.keep("b")).toBe(true)
  expect([texts(), compared(), heard]).toEqual([["Which?", "From B"], [], ["kept m2"]])
  expect(session.snapshot().siblings).toEqual({ b: ["a", "b"] })
})

it("continues from the first complete answer when none was kept, and restores all when that is rejected", async () => {
  let sent: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    sent = body
    return refusal(503, "server:stopping", "The server is restarting.")
  }
  const failed: ChatMessage = { ...withModel(message("a", "assistant", "", "failed"), "m1"), parts: [] }
  const { session, draft, compared, texts } = open(openView([failed, ...two.slice(1)]))
  draft.update(() => ({ text: "And?" }))
  session.send()
  expect([texts(), compared()]).toEqual([["Which?", "From B", "And?"], []])
  await until(() => expect(session.snapshot().refusal).not.toBeNull())
  expect(sent.parentId).toBe("b")
  expect([texts(), compared().length]).toEqual([["Which?"], 2])
})

it("asks the same models when the question is rephrased", async () => {
  let sent: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    sent = body
    return refusal(503, "server:stopping", "The server is restarting.")
  }
  const answers = two.map((one) => ({ ...one, ...(one.metadata && { metadata: { ...one.metadata, parentId: "q" } }) }))
  const { session, compared, texts } = open(openView(answers))
  session.handlers.edit("q", { text: "Which one?", attached: [] })
  expect([texts(), compared().length]).toEqual([["Which one?"], 2])
  await until(() => expect(session.snapshot().refusal).not.toBeNull())
  expect(sent).toMatchObject({ compare: [{ model: "m1" }, { model: "m2" }], parentId: null })
  expect([texts(), compared()[0]], "unchanged").toEqual([["Which?"], ["complete", "From A"]])
})

it("regenerates one answer in place, and restores the old one when that is rejected", async () => {
  let sent: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    sent = body
    return new Response("")
  }
  routes["GET /api/chat/:id/stream"] = () => streamOf([message(String(sent.responseId), "assistant", "Better")])
  const { session, compared } = open(openView())
  session.handlers.regenerate("a")
  expect(compared()).toEqual([
    ["streaming", ""],
    ["complete", "From B"],
  ])
  await until(() => expect(compared()[0]).toEqual(["complete", "Better"]))
  expect(sent).toMatchObject({ message: { id: "q" }, replaces: "a", model: "m1" })

  routes["POST /api/chat"] = () => refusal(409, "message:not_compared", "These answers are not compared any more.")
  session.handlers.regenerate("b")
  await until(() => expect(compared()[1]).toEqual(["complete", "From B"]))
})

it("follows an answer regenerated in another tab, next to those already followed", async () => {
  const growing = two.map((one) => ({ ...one, metadata: { ...message("", "assistant", "", "streaming").metadata } }))
  routes["GET /api/chat/:id/stream"] = () => new Promise(() => {})
  const { session, compared } = open(openView(growing))
  session.enter()
  await until(() => expect(asked).toContain("GET /api/chat/:id/stream"))
  const again = message("c", "assistant", "", "streaming")
  routes["GET /api/conversations/:id/messages"] = () => Response.json(openView([...growing.slice(0, 1), again]))
  session.heard({ messageId: "a", status: "streaming" })
  expect(asked).not.toContain("GET /api/conversations/:id/messages")
  session.heard({ messageId: "c", status: "streaming" })
  await until(() => expect(asked.filter((one) => one.endsWith("stream"))).toHaveLength(2))
  expect(session.snapshot().compared.map(({ id }) => id)).toEqual(["a", "c"])
  expect(compared().length).toBe(2)
})

it("continues from a kept answer while others are streaming: a message queued for that is sent", async () => {
  let sent: Record<string, unknown>[] = []
  routes["POST /api/chat"] = (body) => {
    sent = [...sent, body]
    if (sent.length > 1 && !body.compare) return stream(answer(String(body.responseId), "Behind it"))
    const [first] = Array.isArray(body.compare) ? body.compare.map(({ responseId }) => String(responseId)) : []
    const begun = eventsOf(answer(String(first), "From A"), first) + doneOf(first)
    // The other answer continues.
    return new Response(new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode(begun)) }))
  }
  routes["PATCH /api/conversations/:id"] = ({ kept }) =>
    Response.json(viewOf([question, message(String(kept), "assistant", "From A")]))
  const { session, draft, compared, texts, choose } = open(null, ["m1", "m2"])
  session.enter()
  draft.update(() => ({ text: "Which?" }))
  session.send()
  await until(() => expect(compared()).toEqual([["complete", "From A"], expect.arrayContaining(["streaming"])]))
  choose([])
  draft.update(() => ({ text: "And?" }))
  session.send()
  expect(session.snapshot().queue).toHaveLength(1)
  expect(await session.keep(session.snapshot().compared[0]?.id ?? "")).toBe(true)
  await until(() => expect(texts()).toEqual(["Which?", "From A", "And?", "Behind it"]))
  expect(sent[1]).toMatchObject({ append: true })
})

it("continues comparing: a queued message goes to the same models after the used answer", async () => {
  let sent: Record<string, unknown>[] = []
  routes["POST /api/chat"] = (body) => {
    sent = [...sent, body]
    const ids = Array.isArray(body.compare) ? body.compare.map(({ responseId }) => String(responseId)) : []
    return streamOf(ids.map((id, n) => message(id, "assistant", `Turn ${sent.length}, answer ${n}`)))
  }
  routes["PATCH /api/conversations/:id"] = ({ kept }) =>
    Response.json(viewOf([question, message(String(kept), "assistant", "Turn 1, answer 1")]))
  const { session, draft, compared, texts } = open(null, ["m1", "m2"])
  session.enter()
  for (const text of ["Which?", "And?"]) {
    draft.update(() => ({ text }))
    session.send()
  }
  await until(() => expect(compared().map(([status]) => status)).toEqual(["complete", "complete"]))
  const kept = session.snapshot().compared[1]?.id ?? ""
  expect(await session.keep(kept)).toBe(true)
  await until(() =>
    expect(compared()).toEqual([
      ["complete", "Turn 2, answer 0"],
      ["complete", "Turn 2, answer 1"],
    ]),
  )
  expect(texts()).toEqual(["Which?", "Turn 1, answer 1", "And?"])
  expect(sent[1]).toMatchObject({ parentId: kept, append: true, compare: [{ model: "m1" }, { model: "m2" }] })
})

it("an answer kept elsewhere does not remove a newer comparison", async () => {
  const { session, compared } = open(openView())
  session.heardKept("kept before")
  expect(compared().length).toBe(2)
  expect(asked).toEqual([])
  routes["GET /api/conversations/:id/messages"] = () => Response.json(viewOf([question, ...two.slice(1)]))
  session.heardKept("b")
  await until(() => expect(session.snapshot().messages.map(textOf)).toEqual(["Which?", "From B"]))
  expect(compared()).toEqual([])
})

it("runs a blind comparison in random order, and reveals no model until one is voted better", async () => {
  const sent: Record<string, unknown>[] = []
  routes["POST /api/chat"] = (body) => {
    sent.push(body)
    return refusal(503, "server:stopping", "The server is restarting.")
  }
  const orders = new Set<string>()
  for (let round = 0; round < 30; round++) {
    const { session, draft, choose } = open(null, [])
    choose(["m1", "m2", "m3"], true)
    draft.update(() => ({ text: "Which?" }))
    session.send()
    expect(session.snapshot().compared.map(({ metadata }) => [metadata?.blind, metadata?.model])).toEqual(
      Array(3).fill([true, undefined]),
    )
    await until(() => expect(session.snapshot().refusal).not.toBeNull())
    const { compare, blind } = sent.at(-1) ?? {}
    expect(blind).toBe(true)
    orders.add(Array.isArray(compare) ? compare.map(({ model }) => model).join() : "")
  }
  expect(orders.size).toBeGreaterThan(1)
})

it("shows the votes on the answers, and the merged answer next to them unless the server rejects it", async () => {
  const told = two.map((one, n) => ({
    ...one,
    ...(one.metadata && { metadata: { ...one.metadata, verdict: n === 1 ? ("better" as const) : ("worse" as const) } }),
  }))
  routes["PATCH /api/conversations/:id"] = (body) => {
    expect(body).toEqual({ verdict: { of: "b", outcome: "better" } })
    return Response.json(openView(told))
  }
  const { session, draft, compared, texts } = open(openView())
  expect(await session.judge({ of: "b", outcome: "better" })).toBe(true)
  expect(session.snapshot().compared.map(({ metadata }) => metadata?.verdict)).toEqual(["worse", "better"])

  let sent: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    sent = body
    return refusal(409, "message:not_mergeable", "Merging needs two finished answers or more.")
  }
  session.merge("m3")
  expect(compared().at(-1)).toEqual(["streaming", ""])
  expect(session.snapshot().compared.at(-1)?.metadata?.merged).toEqual({ from: ["m1", "m2"] })
  await until(() => expect(compared()).toHaveLength(2))
  expect(sent).toMatchObject({ message: { id: "q" }, model: "m3", merges: "a" })

  // The next message continues from the answer judged better.
  routes["POST /api/chat"] = () => refusal(503, "server:stopping", "The server is restarting.")
  draft.update(() => ({ text: "And?" }))
  session.send()
  expect(texts()).toEqual(["Which?", "From B", "And?"])
})
