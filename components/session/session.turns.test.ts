/** Tests of turns that race with a stop or with turns of another tab. */
import { expect, it } from "vitest"
import { textOf } from "@/components/base/message-content"
import { pageStorage } from "@/components/base/storage"
import {
  answer,
  asked,
  doneOf,
  eventsOf,
  ID,
  message,
  open,
  posts,
  refusal,
  routes,
  serve,
  stream,
  until,
  viewOf,
} from "@/components/session/session.fixture"
import type { ConversationView } from "@/lib/chat/conversation.types"
import { PARENT_HEADER } from "@/lib/chat/parent-header"
import type { ChatMessage } from "@/lib/messages/types"

serve()

const answered = (body: Record<string, unknown>, text: string) => stream(answer(String(body.responseId), text))

/** Links messages into a chain. */
const chain = (messages: ChatMessage[]): ChatMessage[] =>
  messages.map((one, index) =>
    one.metadata ? { ...one, metadata: { ...one.metadata, parentId: messages[index - 1]?.id ?? null } } : one,
  )
const before = chain([message("q1", "user", "One?"), message("a1", "assistant", "One")])

/** An answer that streams some text and ends as stopped on demand. */
function stoppable(responseId: string, name?: string) {
  const chunks = answer(responseId, "Half", "stopped")
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  void writer.write(encoder.encode(eventsOf(chunks.slice(0, 3), name)))
  const end = async () => {
    await writer.write(encoder.encode(eventsOf(chunks.slice(3), name, 3) + doneOf(name)))
    await writer.close()
  }
  return { response: new Response(readable), end }
}

it.each([
  ["while the answer is streaming", true],
  ["before the server has the question", false],
])("a message sent right after Stop goes as soon as the answer has stopped: %s", async (_, begun) => {
  let end = async () => {}
  let take = () => {}
  const ready = begun ? Promise.resolve() : new Promise<void>((resolve) => (take = resolve))
  routes["POST /api/chat"] = async (body) => {
    if (posts().length > 1) return answered(body, "Two")
    await ready
    const first = stoppable(String(body.responseId))
    end = first.end
    return first.response
  }
  routes["POST /api/chat/:id/stop"] = () => Response.json({ stopped: true })
  const { session, texts, send } = open()
  send("One?")
  if (begun) await until(() => expect(texts()).toEqual(["One?", "Half"]))
  session.stop()
  send("Two?")
  expect(posts().length).toBeLessThan(2)
  take()
  await until(() => expect(asked.map(({ name }) => name)).toContain("POST /api/chat/:id/stop"))
  await end()
  await until(() => expect(texts()).toEqual(["One?", "Half", "Two?", "Two"]))
  expect(session.snapshot().queue).toEqual([])
})

it("a message queued before Stop still waits for the user", async () => {
  let end = async () => {}
  routes["POST /api/chat"] = (body) => {
    const first = stoppable(String(body.responseId))
    end = first.end
    return first.response
  }
  routes["POST /api/chat/:id/stop"] = () => Response.json({ stopped: true })
  const { session, texts, send } = open()
  send("One?")
  await until(() => expect(texts()).toEqual(["One?", "Half"]))
  send("Two?")
  session.stop()
  await end()
  await until(() => expect(session.snapshot().stopping).toBe(false))
  expect([posts().length, session.snapshot().queue.map(({ text }) => text)]).toEqual([1, ["Two?"]])
})

it.each([
  [
    "a message sent in another tab after Stop goes as soon as the answer has stopped",
    false,
    ["One?", "Half", "Two?", "Two"],
  ],
  ["a message queued in another tab before Stop still waits", true, ["One?", "Half"]],
])("%s", async (_, before, shown) => {
  const ends: (() => Promise<void>)[] = []
  routes["POST /api/chat"] = (body) => {
    if (posts().length > 1) return answered(body, "Two")
    const first = stoppable(String(body.responseId))
    ends.push(first.end)
    return first.response
  }
  routes["POST /api/chat/:id/stop"] = () => Response.json({ stopped: true })
  routes["GET /api/chat/:id/stream"] = () => {
    const same = stoppable("a1", "a1")
    ends.push(same.end)
    return same.response
  }
  const one = open()
  // By then the page has looked for an answer in progress.
  await new Promise((resolve) => setTimeout(resolve))
  one.send("One?")
  await until(() => expect(one.texts()).toEqual(["One?", "Half"]))
  const other = open(viewOf(chain([message("q1", "user", "One?"), message("a1", "assistant", "", "streaming")])))
  await until(() => expect(other.texts()).toEqual(["One?", "Half"]))
  if (before) {
    other.send("Two?")
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  one.session.stop()
  if (!before) other.send("Two?")
  for (const end of ends) await end()
  await until(() => expect(other.texts()).toEqual(shown))
  await until(() => expect(other.session.snapshot().queue.map(({ text }) => text)).toEqual(before ? ["Two?"] : []))
})

it("a turn that lost the race is resent after the first one, once that is fetched", async () => {
  const other = chain([...before, message("q2", "user", "Other?"), message("a2", "assistant", "Other")])
  let tell = () => {}
  const read = new Promise<void>((resolve) => (tell = resolve))
  routes["POST /api/chat"] = (body) =>
    posts().length === 1 ? refusal(409, "conversation:busy", "An answer is being written.") : answered(body, "Mine")
  routes["GET /api/conversations/:id/messages"] = async () => {
    await read
    return Response.json(viewOf(other))
  }
  const { texts, send } = open(viewOf(before))
  send("Mine?")
  await until(() => expect(asked.map(({ name }) => name)).toContain("GET /api/conversations/:id/messages"))
  // Lets pending work on the page run.
  await new Promise((resolve) => setTimeout(resolve))
  expect(posts()).toHaveLength(1)
  tell()
  await until(() => expect(texts()).toEqual(["One?", "One", "Other?", "Other", "Mine?", "Mine"]))
  expect(posts().map(({ parentId, append }) => [parentId, append])).toEqual([
    ["a1", true],
    ["a2", true],
  ])
})

it("a message the server placed after another tab's messages is shown there", async () => {
  let mine: Record<string, unknown> = {}
  routes["POST /api/chat"] = (body) => {
    mine = body
    const response = answered(body, "Mine")
    response.headers.set(PARENT_HEADER, "a2")
    return response
  }
  routes["GET /api/conversations/:id/messages"] = () => {
    const question = message(String(Object(mine.message).id), "user", "Mine?")
    const there = [...before, message("q2", "user", "Other?"), message("a2", "assistant", "Other"), question]
    return Response.json(viewOf(chain([...there, message(String(mine.responseId), "assistant", "Mine")])))
  }
  const { session, texts, send } = open(viewOf(before))
  send("Mine?")
  await until(() => expect(texts()).toEqual(["One?", "One", "Other?", "Other", "Mine?", "Mine"]))
  expect(session.snapshot().messages.find((one) => textOf(one) === "Mine?")?.metadata?.parentId).toBe("a2")
})

it("an edit is an alternative and is not appended", async () => {
  routes["POST /api/chat"] = (body) => answered(body, "Two")
  const { session, texts } = open(viewOf(before))
  session.edit("q1", { text: "Two?", attached: [] })
  await until(() => expect(texts()).toEqual(["Two?", "Two"]))
  expect(posts().map(({ parentId, append }) => [parentId, append])).toEqual([[null, undefined]])
})

it("a message being sent leaves the queue, and is restored when the page is left before it arrives", async () => {
  let take = () => {}
  const taken = new Promise<void>((resolve) => (take = resolve))
  routes["POST /api/chat"] = async (body) => {
    if (posts().length > 1) await taken
    return answered(body, "Yes")
  }
  const storage = pageStorage()
  const { session, texts, send } = open(null, storage)
  const waiting = (page = session) => page.snapshot().queue.map(({ text }) => text)
  send("One?")
  send("Two?")
  send("Three?")
  expect(waiting()).toEqual(["Two?", "Three?"])
  await until(() => expect(posts()).toHaveLength(2))
  expect(waiting()).toEqual(["Three?"])
  expect(waiting(open(null, storage).session), "after a reload").toEqual(["Two?", "Three?"])
  take()
  await until(() => expect(texts()).toEqual(["One?", "Yes", "Two?", "Yes", "Three?", "Yes"]))
  expect(waiting(open(null, storage).session)).toEqual([])
})

it("a message the server rejects returns to the queue, and is not sent automatically", async () => {
  routes["POST /api/chat"] = (body) =>
    posts().length > 1 ? refusal(429, "limit:reached", "Too many at once.") : answered(body, "Yes")
  const storage = pageStorage()
  const { session, texts, send } = open(null, storage)
  send("One?")
  send("Two?")
  await until(() => expect(session.snapshot().refusal).toMatchObject({ message: "Too many at once." }))
  // Lets pending work on the page run.
  await new Promise((resolve) => setTimeout(resolve))
  expect([texts(), session.snapshot().queue.map(({ text }) => text)]).toEqual([["One?", "Yes"], ["Two?"]])
  expect([posts().length, open(null, storage).session.snapshot().queue.length]).toEqual([2, 1])

  routes["POST /api/chat"] = (body) => answered(body, "Yes")
  session.retry()
  await until(() => expect(texts()).toEqual(["One?", "Yes", "Two?", "Yes"]))
})

it("a message already in the conversation leaves the queue", () => {
  const storage = pageStorage()
  const kept = ["q1", "q2"].map((id) => ({ id, responseId: `${id}-answer`, text: id, images: [], output: null }))
  storage.setItem(`sparkler:queue:${ID}`, JSON.stringify(kept))
  const waiting = (view: ConversationView | null) =>
    open(view, storage)
      .session.snapshot()
      .queue.map(({ id }) => id)
  expect(waiting(viewOf(before))).toEqual(["q2"])
  expect(waiting(null)).toEqual(["q2"])
})

it("a page that is left follows and sends nothing more", async () => {
  const first = { end: async () => {} }
  routes["POST /api/chat"] = (body) => {
    const { response, end } = stoppable(String(body.responseId))
    first.end = end
    return response
  }
  const { session, texts, send, leave } = open()
  send("One?")
  await until(() => expect(texts()).toEqual(["One?", "Half"]))
  send("Two?")
  session.stop()
  send("Three?")
  leave()
  await first.end().catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve))
  expect([posts().length, session.snapshot().following]).toEqual([1, []])
})
