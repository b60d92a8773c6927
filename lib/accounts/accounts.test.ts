/** What ends together with a session, and with an account. */
import { randomUUID } from "node:crypto"
import { expect, test, vi } from "vitest"
import { GET as getEvents } from "@/app/api/events/route"
import { deleteAccount, switchOff, switchOn } from "@/lib/accounts/accounts"
import { cutStreamsOfEndedSessions, startSessionWatch } from "@/lib/accounts/watch"
import { ask, modules, send, setUp, started } from "@/lib/generation/generation.fixture"

setUp()

const LONG = "[[words n=100000 rate=50]]"

async function newVisitor() {
  const { testGuest } = await import("@/lib/auth/guest.fixture")
  const { id, claims, cookie } = await testGuest()
  const events = async () => getEvents(new Request("http://localhost:3000/api/events", { headers: { cookie } }), {})
  return { user: { id, guest: true, name: null }, claims, events }
}

/** Whether the stream was aborted, rather than ending normally. */
async function broke(response: Response | null): Promise<boolean> {
  return (response?.text() ?? Promise.resolve("")).then(
    () => false,
    () => true,
  )
}

/** A user with a long answer in progress, following both it and the news. */
async function inTheMiddle() {
  const visitor = await newVisitor()
  const news = await visitor.events()
  expect(news.status).toBe(200)
  const request = ask(LONG)
  const { response, answerId } = await send(request, visitor.user)
  return { ...visitor, news, request, response, answerId }
}

test("a revoked session's streams break immediately, and the answer continues for the user's other sessions", async () => {
  const { endSession } = await import("@/lib/auth/ending")
  const { runningByMessage, stopConversation } = await modules()
  const [one, other] = [await inTheMiddle(), await newVisitor()]
  const others = await other.events()
  expect(await endSession(one.claims.sid, one.user.id)).toBe(true)
  expect(await Promise.all([broke(one.news), broke(one.response)])).toEqual([true, true])
  expect((await one.events()).status).toBe(401)
  expect(runningByMessage(one.answerId)).toBeDefined()
  await stopConversation(one.user.id, one.request.id)
  // Other users are unaffected.
  const reader = others.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("event: open")
  await reader?.cancel()
})

test("a disabled user loses streams and answers, keeps all data, and has it back when enabled again", async () => {
  const { runningByMessage, viewWithRunning } = await modules()
  const one = await inTheMiddle()
  expect(await switchOff(one.user.id)).toBe(true)
  expect(await Promise.all([broke(one.news), broke(one.response)])).toEqual([true, true])
  expect(runningByMessage(one.answerId)).toBeUndefined()
  expect((await one.events()).status).toBe(401)
  expect(await switchOn(one.user.id)).toBe(true)
  const again = await one.events()
  expect(again.status).toBe(200)
  await again.body?.cancel()
  const view = await viewWithRunning(one.user.id, one.request.id)
  expect(view?.messages.at(-1)?.metadata?.status).toBe("stopped")
})

test("a deleted account is gone with all its data, and its cookie restores nothing", async () => {
  const { runningByMessage } = await modules()
  const { database } = started.testDb
  const one = await inTheMiddle()
  expect(await deleteAccount(one.user.id)).toBe(true)
  expect(await Promise.all([broke(one.news), broke(one.response)])).toEqual([true, true])
  expect(runningByMessage(one.answerId)).toBeUndefined()
  expect((await one.events()).status).toBe(401)
  const where = { userId: one.user.id }
  expect([
    await database.user.count({ where: { id: one.user.id } }),
    await database.conversation.count({ where }),
  ]).toEqual([0, 0])
  expect(await deleteAccount(randomUUID())).toBe(false)
})

test("session endings announced by another process take effect here, too", async () => {
  const { bus } = await import("@/lib/bus/here")
  const { subscribeToSessionEndings } = await import("@/lib/auth/ending")
  const [one, other] = [await newVisitor(), await newVisitor()]
  const [news, others] = [await one.events(), await other.events()]
  const leave = await subscribeToSessionEndings(() => {})
  await bus().publish("sessions", JSON.stringify({ userId: one.user.id }))
  expect(await broke(news)).toBe(true)
  const reader = others.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
  leave()
})

test("sessions ended by another process without an announcement are detected", async () => {
  const { database } = started.testDb
  const since = new Date(Date.now() - 1_000)
  const [one, other] = [await newVisitor(), await newVisitor()]
  const [news, others] = [await one.events(), await other.events()]
  await cutStreamsOfEndedSessions(since)
  await database.user.delete({ where: { id: one.user.id } })
  await cutStreamsOfEndedSessions(since)
  expect(await broke(news)).toBe(true)
  const reader = others.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
})

test("sessions ended while the database was unreachable are detected when it is back", async () => {
  const { db } = await import("@/lib/db/client")
  const looks: (() => void)[] = []
  const intervals = vi.spyOn(globalThis, "setInterval").mockImplementation((look) => {
    looks.push(look)
    return setTimeout(() => {}, 0)
  })
  await startSessionWatch()
  intervals.mockRestore()
  const one = await newVisitor()
  const news = await one.events()
  const logged = vi.spyOn(console, "error").mockImplementation(() => {})
  const asked = vi.spyOn(db().user, "findMany").mockRejectedValueOnce(new Error("out of reach"))
  await started.testDb.database.session.update({
    where: { id: one.claims.sid },
    data: { revokedAt: new Date(Date.now() + 1) },
  })
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ["Date"] })
  looks[0]?.()
  await vi.waitFor(() => expect(logged).toHaveBeenCalled(), { timeout: 60_000 })
  looks[0]?.()
  expect(await broke(news)).toBe(true)
  vi.useRealTimers()
  asked.mockRestore()
  logged.mockRestore()
})
