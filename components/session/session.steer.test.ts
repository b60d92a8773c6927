/** Tests of giving the model a queued message mid-answer. */
import type { UIMessageChunk } from "ai"
import { expect, it } from "vitest"
import { pageStorage } from "@/components/base/storage"
import type { ConversationSession } from "@/components/session/session"
import {
  answer,
  asked,
  doneOf,
  eventsOf,
  ID,
  open,
  posts,
  routes,
  serve,
  stream,
  until,
  viewOf,
} from "@/components/session/session.fixture"
import { dueTurn, steeredAnswer, waitsFor } from "@/components/session/state"

serve()

const STEER = "POST /api/chat/:id/steer"
const steers = () => asked.filter(({ name }) => name === STEER).map(({ body }) => body)

/** An answer that calls a tool; the test writes the rest of the stream. */
function working() {
  let sink: ReadableStreamDefaultController<Uint8Array> | undefined
  let sent = 0
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      sink = controller
    },
  })
  const write = (chunks: UIMessageChunk[]) => {
    sink?.enqueue(encoder.encode(eventsOf(chunks, undefined, sent)))
    sent += chunks.length
  }
  const end = () => {
    sink?.enqueue(encoder.encode(doneOf()))
    sink?.close()
  }
  const response = new Response(body, { headers: { "content-type": "text/event-stream" } })
  return { response, write, end }
}

const call: UIMessageChunk[] = [
  { type: "start-step" },
  { type: "tool-input-available", toolCallId: "c", toolName: "t", input: {}, dynamic: true },
]
const result: UIMessageChunk = { type: "tool-output-available", toolCallId: "c", output: {}, dynamic: true }

/** A page whose answer runs a tool, with a queued message. */
async function waiting() {
  const run = working()
  let answerId = ""
  routes["POST /api/chat"] = (body) => {
    if (posts().length > 1) return stream(answer(String(body.responseId), "Two"))
    answerId = String(body.responseId)
    return run.response
  }
  routes[STEER] = () => Response.json({ state: "waiting" }, { status: 202 })
  const page = open()
  page.send("One?")
  await until(() => expect(posts()).toHaveLength(1))
  const [start, ...rest] = answer(answerId, "Done")
  if (start) run.write([start, ...call])
  await until(() => expect(steeredAnswer(page.session.snapshot())).toBe(answerId))
  page.send("Two?")
  const [turn] = page.session.snapshot().queue
  return { ...page, ...run, rest, answerId, id: turn?.id ?? "" }
}

const queueOf = ({ session }: { session: ConversationSession }) => session.snapshot().queue.map(({ text }) => text)

it("waits until it is in the answer, and is not sent again", async () => {
  const page = await waiting()
  page.session.steer(page.id)
  page.session.steer(page.id)
  await until(() => expect(steers()).toEqual([{ messageId: page.answerId, id: page.id, text: "Two?" }]))
  expect([queueOf(page), page.session.snapshot().queue[0]?.steers]).toEqual([["Two?"], page.answerId])
  page.write([result, { type: "data-steer", id: page.id, data: { id: page.id, text: "Two?" } }, { type: "start-step" }])
  await until(() => expect(queueOf(page)).toEqual([]))
  page.write(page.rest)
  page.end()
  await until(() => expect(page.session.snapshot().attempt).toBeNull())
  expect(posts()).toHaveLength(1)
})

it("becomes the next message when the answer ends without another step", async () => {
  const page = await waiting()
  page.session.steer(page.id)
  await until(() => expect(steers()).toHaveLength(1))
  page.write([result, ...page.rest])
  page.end()
  await until(() => expect(posts()).toHaveLength(2))
  expect(posts()[1]?.message).toMatchObject({ id: page.id })
})

it("is queued like any other message when the answer is over, or the server is unreachable", async () => {
  const page = await waiting()
  routes[STEER] = () => Response.json({ state: "over" }, { status: 202 })
  page.session.steer(page.id)
  await until(() => expect(page.session.snapshot().queue[0]?.steers).toBeUndefined())
  delete routes[STEER]
  page.session.steer(page.id)
  await until(() => expect(page.session.snapshot().queue[0]?.steers).toBeUndefined())
  expect([steers().length, queueOf(page)]).toEqual([2, ["Two?"]])
})

it("is withdrawn from the model before it is edited, unless the model has it already", async () => {
  const page = await waiting()
  page.session.steer(page.id)
  await until(() => expect(steers()).toHaveLength(1))
  const states = ["given", "over"]
  routes["DELETE /api/chat/:id/steer"] = () => Response.json({ state: states.shift() })
  page.session.editQueued(page.id)
  await until(() => expect(states).toHaveLength(1))
  expect([queueOf(page), page.draft.get().text]).toEqual([["Two?"], ""])
  page.session.editQueued(page.id)
  await until(() => expect(page.draft.get().text).toBe("Two?"))
  expect(queueOf(page)).toEqual([])
})

it("is not sent automatically when its answer is not visible, and never when the answer has it", async () => {
  const storage = pageStorage()
  const page = await waiting()
  const [turn] = page.session.snapshot().queue
  storage.setItem(`sparkler:queue:${ID}`, JSON.stringify([{ ...turn, steers: "elsewhere" }]))
  const metadata = { parentId: null, createdAt: "2026-11-23T08:00:00.000Z", status: "complete" as const }
  const other = { id: "a9", role: "assistant" as const, metadata, parts: [{ type: "text" as const, text: "Hi" }] }
  const later = open(viewOf([other]), storage)
  expect([queueOf(later), dueTurn(later.session.snapshot())]).toEqual([["Two?"], null])
  const told = {
    ...other,
    parts: [...other.parts, { type: "data-steer" as const, data: { id: page.id, text: "Two?" } }],
  }
  expect(queueOf(open(viewOf([told]), storage))).toEqual([])
})

it("can only be plain text for the answering model: others report why they wait", () => {
  const turn = { id: "q", responseId: "r", text: "Hello", images: [], documents: [], files: [], output: null }
  const file = { name: "notes.txt", mediaType: "text/plain", text: "Notes" }
  const image = { id: "i", url: "/api/images/i", mediaType: "image/png", name: "a.png", bytes: 1, width: 1, height: 1 }
  expect(waitsFor(turn)).toBeNull()
  expect(waitsFor({ ...turn, files: [file] })).toBe("attachments")
  expect(waitsFor({ ...turn, images: [image], output: { type: "json" } })).toBe("attachments")
  expect(waitsFor({ ...turn, output: { type: "json" } })).toBe("output")
  expect(waitsFor({ ...turn, compare: [{ model: "m", responseId: "r" }] })).toBe("compare")
})
