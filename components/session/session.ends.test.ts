/** Unusual ends of a turn: aborted, continued, unobserved, or after the page was left. */
import { expect, it, vi } from "vitest"
import {
  answer,
  asked,
  bodies,
  message,
  open,
  refusal,
  routes,
  serve,
  stream,
  until,
  viewOf,
} from "@/components/session/session.fixture"

serve()

const CONTINUE = "POST /api/chat/:id/continue"
const STREAM = "GET /api/chat/:id/stream"
const READ = "GET /api/conversations/:id/messages"
const question = message("q1", "user", "One?")
const half = (status: "stopped" | "streaming") => viewOf([question, message("a1", "assistant", "One", status)])
const whole = viewOf([question, message("a1", "assistant", "One, two")])

it("an interrupted answer continues in place", async () => {
  routes[CONTINUE] = () => new Response(null, { status: 202 })
  routes[STREAM] = () => stream(answer("a1", "One, two"), "a1")
  const { session, heard, texts } = open(half("stopped"))
  session.handlers.goOn("a1")
  await until(() => expect(heard).toEqual(["accepted", "ended"]))
  expect(texts()).toEqual(["One?", "One, two"])
  expect(bodies(CONTINUE)).toMatchObject([{ messageId: "a1" }])
})

it("an answer that ended before it could be followed is fetched", async () => {
  routes[CONTINUE] = () => new Response(null, { status: 202 })
  routes[STREAM] = () => new Response(null, { status: 204 })
  routes[READ] = () => Response.json(whole)
  const { session, texts } = open(half("stopped"))
  session.handlers.goOn("a1")
  await until(() => expect(texts()).toEqual(["One?", "One, two"]))
})

it("a rejected continuation leaves the answer unchanged; a retry sends the same request", async () => {
  routes[CONTINUE] = () => refusal(429, "limit:reached", "Too many at once.")
  const { session, texts } = open(half("stopped"))
  session.handlers.goOn("a1")
  await until(() => expect(session.snapshot().refusal).toMatchObject({ message: "Too many at once." }))
  expect([texts(), session.snapshot().messages.at(-1)?.metadata?.status]).toEqual([["One?", "One"], "stopped"])
  session.retry()
  await until(() => expect(bodies(CONTINUE)).toHaveLength(2))
  const [first, second] = bodies(CONTINUE)
  expect(second).toEqual(first)
})

it("Stop restores a message while the server is unreachable; when resent it has the same ids", async () => {
  const { session, draft, texts, send } = open()
  send("Hello")
  await until(() => expect(session.snapshot().connection).toBe("reconnecting"))
  session.stop()
  await until(() => expect(draft.get().text).toBe("Hello"))
  expect([texts(), session.snapshot().stopping, session.snapshot().refusal]).toEqual([[], false, null])
  routes["POST /api/chat"] = (body) => stream(answer(String(body.responseId), "Hi!"))
  session.send()
  await until(() => expect(texts()).toEqual(["Hello", "Hi!"]))
  const posts = bodies("POST /api/chat")
  expect(new Set(posts.map((body) => JSON.stringify(body))).size).toBe(1)
})

it("a running answer that can't be followed is polled, and queued messages go after it", async () => {
  const reads: string[] = []
  let tell = () => {}
  const said = new Promise<void>((resolve) => (tell = resolve))
  routes[STREAM] = () => said.then(() => new Response(null, { status: 204 }))
  routes[READ] = () => {
    reads.push("read")
    return Response.json(reads.length < 3 ? half("streaming") : whole)
  }
  routes["POST /api/chat"] = (body) => stream(answer(String(body.responseId), "Two"))
  const { session, texts, send } = open(half("streaming"))
  await until(() => expect(session.snapshot().following).toEqual(["a1"]))
  send("Two?")
  tell()
  await until(() => expect(texts()).toEqual(["One?", "One, two", "Two?", "Two"]))
  expect([reads.length, session.snapshot().misses]).toEqual([3, 0])
})

it("a page that is left stops waiting", async () => {
  const network = new EventTarget()
  vi.stubGlobal("addEventListener", network.addEventListener.bind(network))
  const reads = () => asked.filter(({ name }) => name === READ).length
  routes[STREAM] = () => new Response(null, { status: 204 })
  routes[READ] = () => Response.json(half("streaming"))
  const { session, leave } = open(half("streaming"))
  const missed = (times: number) =>
    until(() => expect(session.snapshot()).toMatchObject({ misses: times, attempt: null }))
  await missed(3)
  expect(reads()).toBe(2)
  // The network is back: the retry delay ends immediately.
  network.dispatchEvent(new Event("online"))
  await missed(4)
  leave()
  network.dispatchEvent(new Event("online"))
  await new Promise((resolve) => setTimeout(resolve))
  expect(reads()).toBe(3)
})
