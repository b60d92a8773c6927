import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { textOf } from "@/components/base/message-content"
import { pageStorage } from "@/components/base/storage"
import { DraftStore } from "@/components/draft/draft"
import type { SessionOptions } from "@/components/session/options"
import { ConversationSession } from "@/components/session/session"
import { answer, type Handler, ID, message, refusal, stream, viewOf } from "@/components/session/session.fixture"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage } from "@/lib/messages/types"

/** A busy machine needs more than the default of one second. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000 })

let routes: Record<string, Handler>
let asked: string[]

beforeEach(() => {
  routes = {}
  asked = []
  const kept = new Map<string, string>()
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  vi.stubGlobal("window", Object.assign(new EventTarget(), { localStorage }))
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const name = `${init.method ?? "GET"} ${path.split("?")[0]?.replace(ID, ":id")}`
    asked.push(name)
    const handler = routes[name]
    if (!handler) throw new TypeError("Failed to fetch")
    return handler(typeof init.body === "string" ? JSON.parse(init.body) : {}, init.signal ?? null)
  })
})
afterEach(() => vi.unstubAllGlobals())

function open(view: ConversationView | null = null, extra: Partial<SessionOptions> = {}) {
  const draft = new DraftStore("c")
  const heard: string[] = []
  const session = new ConversationSession({
    id: ID,
    view,
    draft,
    storage: pageStorage,
    turn: () => ({ model: "m" }),
    onAccepted: () => heard.push("accepted"),
    onTitle: (title) => heard.push(`title ${title}`),
    onEnded: () => heard.push("ended"),
    comparing: () => ({ models: [] }),
    compareAgain: () => {},
    onKept: (model) => heard.push(`kept ${model}`),
    ...extra,
  })
  const messages = () => session.snapshot().messages
  const texts = () => messages().map(textOf)
  return { session, draft, heard, messages, texts }
}

const idOf = (body: Record<string, unknown>, key: string) => String(body[key])

describe("conversation", () => {
  it("sends the draft and shows the answer", async () => {
    routes["POST /api/chat"] = (body) => stream(answer(idOf(body, "responseId"), "Hi!"))
    const { session, draft, heard, messages, texts } = open()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    expect(texts(), "immediately, before the reader is loaded").toEqual(["Hello"])
    await until(() => expect(heard).toEqual(["accepted", "ended"]))
    expect(texts()).toEqual(["Hello", "Hi!"])
    expect(messages().at(-1)?.metadata?.status).toBe("complete")
    expect(draft.get().text).toBe("")
  })

  it("restores everything when the server rejects it, shows the message, and can retry", async () => {
    routes["POST /api/chat"] = () => refusal(429, "limit:reached", "Too many at once.")
    const { session, draft, heard, texts } = open()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    await until(() => expect(session.snapshot().refusal).toMatchObject({ message: "Too many at once." }))
    expect(texts()).toEqual([])
    expect(draft.get().text).toBe("Hello")
    expect(heard).not.toContain("accepted")

    routes["POST /api/chat"] = (body) => stream(answer(idOf(body, "responseId"), "Hi!"))
    session.retry()
    await until(() => expect(texts()).toEqual(["Hello", "Hi!"]))
    expect(session.snapshot().refusal).toBeNull()
  })

  it("makes an edited question an alternative of the old one", async () => {
    let sent: Record<string, unknown> = {}
    routes["POST /api/chat"] = (body) => {
      sent = body
      return stream(answer(idOf(body, "responseId"), "Two"))
    }
    const view = viewOf([message("q1", "user", "One?"), message("a1", "assistant", "One")])
    const { session, heard, messages, texts } = open(view)
    session.edit("q1", { text: "Two?", attached: [] })
    await until(() => expect(heard).toContain("ended"))
    expect(texts()).toEqual(["Two?", "Two"])
    const [question] = messages()
    expect(sent.parentId).toBeNull()
    expect(Object.values(session.snapshot().siblings)).toEqual([["q1", question?.id]])
  })

  it("reopens a rejected edit with its text, and shows the old branch", async () => {
    routes["POST /api/chat"] = () => refusal(409, "conversation:busy", "An answer is being written.")
    const view = viewOf([message("q1", "user", "One?"), message("a1", "assistant", "One")])
    const { session, texts } = open(view)
    session.edit("q1", { text: "Two?", attached: [] })
    await until(() => expect(session.snapshot().refusal).not.toBeNull())
    expect(texts()).toEqual(["One?", "One"])
    expect(session.snapshot()).toMatchObject({ reopened: { messageId: "q1", text: "Two?" }, siblings: {} })
  })

  it("regenerates an answer with the stored question's id", async () => {
    let sent: Record<string, unknown> = {}
    routes["POST /api/chat"] = (body) => {
      sent = body
      return stream(answer(idOf(body, "responseId"), "Another"))
    }
    const view = viewOf([message("q1", "user", "One?"), message("a1", "assistant", "One")])
    const { session, heard, texts } = open(view)
    session.regenerate("a1")
    await until(() => expect(heard).toContain("ended"))
    expect(texts()).toEqual(["One?", "Another"])
    expect(sent).toMatchObject({ message: { id: "q1" } })
    expect(session.snapshot().siblings).toEqual({ [idOf(sent, "responseId")]: ["a1", sent.responseId] })
  })

  it("restores the answer when regenerating is rejected", async () => {
    routes["POST /api/chat"] = () => refusal(503, "server:stopping", "The server is restarting.")
    const view = viewOf([message("q1", "user", "One?"), message("a1", "assistant", "One")])
    const { session, texts } = open(view)
    session.regenerate("a1")
    await until(() => expect(session.snapshot().refusal).not.toBeNull())
    expect(texts()).toEqual(["One?", "One"])
    expect(session.snapshot().siblings).toEqual({})
  })

  it("does not page to an answer that failed before its first word", async () => {
    routes["POST /api/chat"] = (body) => stream(answer(idOf(body, "responseId"), "Works"))
    const failed: ChatMessage = { ...message("a1", "assistant", "", "failed"), parts: [] }
    const { session, heard } = open(viewOf([message("q1", "user", "One?"), failed]))
    session.regenerate("a1")
    await until(() => expect(heard).toContain("ended"))
    expect(session.snapshot().siblings).toEqual({})
  })

  it("stops on the server as soon as the server has the message", async () => {
    let take: (response: Response) => void = () => undefined
    routes["POST /api/chat"] = () => new Promise<Response>((resolve) => (take = resolve))
    routes["POST /api/chat/:id/stop"] = () => Response.json({ stopped: true })
    const { session, draft, heard } = open()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    session.stop()
    await until(() => expect(asked).toContain("POST /api/chat"))
    expect(asked).not.toContain("POST /api/chat/:id/stop")
    take(stream(answer("a1", "Hi", "stopped")))
    await until(() => expect(heard).toContain("ended"))
    expect(asked).toContain("POST /api/chat/:id/stop")
    expect(session.snapshot().stopping).toBe(false)
  })

  it("restores the text when the page is left before the server has it", async () => {
    routes["POST /api/chat"] = (_, signal) =>
      new Promise<Response>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)))
    const { session, draft, texts } = open()
    const leave = session.enter()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    await until(() => expect(asked).toContain("POST /api/chat"))
    leave()
    await until(() => expect(draft.get().text).toBe("Hello"))
    expect(texts()).toEqual([])
  })

  it("fetches the stored answer when it ended off-screen", async () => {
    const whole = [message("q1", "user", "One?"), message("a1", "assistant", "One, two, three")]
    routes["GET /api/chat/:id/stream"] = () => new Response(null, { status: 204 })
    let reads = 0
    routes["GET /api/conversations/:id/messages"] = () => {
      if (reads++ < 2) throw new TypeError("the connection breaks once more")
      return Response.json(viewOf(whole))
    }
    const half = [message("q1", "user", "One?"), message("a1", "assistant", "One", "streaming")]
    const { session, texts } = open(viewOf(half))
    session.enter()
    await until(() => expect(texts()).toEqual(["One?", "One, two, three"]))
  })

  it("resumes an answer that was streaming when the page loaded", async () => {
    routes["GET /api/chat/:id/stream"] = () => stream(answer("a1", "One, two, three"), "a1")
    const half = [message("q1", "user", "One?"), message("a1", "assistant", "One", "streaming")]
    const { session, texts } = open(viewOf(half))
    session.enter()
    await until(() => expect(texts()).toEqual(["One?", "One, two, three"]))
  })

  it("shows another branch, with its alternatives", async () => {
    const other = viewOf([message("q2", "user", "Two?")], { q2: ["q1", "q2"] })
    routes["PATCH /api/conversations/:id"] = (body) => {
      expect(body).toEqual({ activeLeafId: "q2" })
      return Response.json(other)
    }
    const { session, texts } = open(viewOf([message("q1", "user", "One?")], { q1: ["q1", "q2"] }))
    session.selectSibling("q2")
    await until(() => expect(texts()).toEqual(["Two?"]))
    expect(session.snapshot().siblings).toEqual({ q2: ["q1", "q2"] })
  })

  it("keeps the partial content of a failed answer, and does not duplicate it", async () => {
    routes["POST /api/chat"] = (body) =>
      stream([
        ...answer(idOf(body, "responseId"), "Half", "failed").slice(0, -1),
        { type: "error", errorText: "The connection to the model server was cut." },
        { type: "finish" },
      ])
    const { session, draft, heard, texts } = open()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    await until(() => expect(heard).toContain("ended"))
    expect(texts()).toEqual(["Hello", "Half"])
    expect(session.snapshot().refusal).toBeNull()
    expect(draft.get().text).toBe("")
  })

  it("shows the branch chosen in another tab when nothing precedes its first message any more", async () => {
    const one = message("q1", "user", "One?")
    const view = { ...viewOf([{ ...one, metadata: { ...one.metadata, parentId: "a0" } }]), earlier: 2 }
    const other = { ...viewOf([message("q9", "user", "Other?")]), earlier: 4 }
    routes["GET /api/conversations/:id/messages"] = () => Response.json(other)
    const { session, texts } = open(view)
    await session.loadEarlier()
    expect([texts(), session.snapshot().earlier]).toEqual([["Other?"], 4])
  })

  it("loads a whole branch page by page, and no further than the server's cursors", async () => {
    const page = (place: number) => {
      const one = message(`m${place}`, "user", `${place}?`)
      return { ...one, metadata: { ...one.metadata, parentId: `m${place - 1}` } }
    }
    const answers = [{ ...viewOf([page(2)]), earlier: 1 }, viewOf([page(1)])]
    routes["GET /api/conversations/:id/messages"] = () => Response.json(answers.shift())
    const { session, texts } = open({ ...viewOf([page(3)]), earlier: 2 })
    await session.loadAll()
    expect([texts(), session.snapshot().earlier]).toEqual([["1?", "2?", "3?"], 0])

    routes["GET /api/conversations/:id/messages"] = () => Response.error()
    const other = open({ ...viewOf([page(3)]), earlier: 2 })
    await other.session.loadAll()
    expect(other.session.snapshot().earlier).toBe(2)
  })

  it("keeps older messages loaded during a refetch", async () => {
    const older = [message("q0", "user", "Zero?"), message("a0", "assistant", "Zero")]
    const one = message("q1", "user", "One?")
    const newer = [{ ...one, metadata: { ...one.metadata, parentId: "a0" } }, message("a1", "assistant", "One")]
    const view = { ...viewOf(newer), earlier: 2 }
    const reads: { release: (response: Response) => void }[] = []
    routes["GET /api/conversations/:id/messages"] = () => new Promise((release) => reads.push({ release }))
    const { session, texts } = open(view)
    const anew = session.reload()
    const more = session.loadEarlier()
    reads[1]?.release(Response.json(viewOf(older)))
    await more
    expect(session.snapshot().earlier).toBe(0)
    reads[0]?.release(Response.json(view))
    await anew
    expect(texts()).toEqual(["Zero?", "Zero", "One?", "One"])
    expect(session.snapshot().earlier).toBe(0)
  })

  it("reports a title generated in the meantime", async () => {
    routes["POST /api/chat"] = (body) =>
      stream([
        ...answer(idOf(body, "responseId"), "Hi").slice(0, -1),
        { type: "data-title", data: { conversationId: ID, title: "Greetings" }, transient: true },
        { type: "finish" },
      ])
    const { session, draft, heard } = open()
    draft.update(() => ({ text: "Hello" }))
    session.send()
    await until(() => expect(heard).toContain("title Greetings"))
  })
})
