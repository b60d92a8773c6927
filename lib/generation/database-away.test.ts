import { v7 as uuidv7 } from "uuid"
import { expect, test, vi } from "vitest"
import { ask, eventsOf, send, setUp, started, stored, user } from "@/lib/generation/generation.fixture"

setUp()

test("a database failure while an answer is prepared interrupts it, and is not reported as a model server error", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const { toolSources } = await import("@/lib/ai/tools")
  const definitions = async () => {
    await started.testDb.database.$queryRawUnsafe("SELECT * FROM NotThere")
    return []
  }
  toolSources().push({ definitions, stored: () => undefined })
  const request = ask("[[words n=3]]")
  const { response } = await send(request)
  await eventsOf(response)
  toolSources().pop()
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("interrupted")
  expect(answer?.metadata?.error).toBeUndefined()
})

test("after a database outage, processes whose leases expired during it are not considered dead", async () => {
  const [{ createProgressWatchdog }, { LEASE_MS, RENEW_MS }, { recoverAbandoned }] = await Promise.all([
    import("@/lib/generation/lifecycle"),
    import("@/lib/db/generations"),
    import("@/lib/generation/recover"),
  ])
  let now = 0
  const { reached } = createProgressWatchdog(() => now)
  const after = (ms: number) => {
    now += ms
    return reached()
  }
  expect([after(RENEW_MS), after(RENEW_MS + 500)]).toEqual([0, 0])
  // Unreachable for long: the others get the length of a lease.
  expect([after(30_000), after(RENEW_MS), after(RENEW_MS), after(RENEW_MS)]).toEqual([LEASE_MS, LEASE_MS, LEASE_MS, 0])

  const request = ask("[[words n=3]]")
  const { response, answerId } = await send(request)
  await eventsOf(response)
  const ids = { messageId: answerId, conversationId: request.id, userId: user.id }
  const lease = { nodeId: "elsewhere", leaseUntil: new Date(Date.now() - 1_000) }
  await started.testDb.database.generation.create({ data: { id: uuidv7(), ...ids, ...lease } })
  vi.spyOn(console, "info").mockImplementation(() => {})
  expect(await recoverAbandoned({ overForMs: LEASE_MS })).toBe(0)
  expect(await recoverAbandoned()).toBe(1)
})

test("clock skew is logged once, and again when it is resolved", async () => {
  const { createClockCheck } = await import("@/lib/generation/lifecycle")
  const info = vi.spyOn(console, "info").mockImplementation(() => {})
  info.mockClear()
  const check = createClockCheck()
  for (const ms of [300, -1_900, 7_200, 7_300, -100, -5_000]) check(ms)
  expect(info.mock.calls.flat()).toEqual([
    expect.stringContaining("7 s ahead of PostgreSQL's"),
    expect.stringContaining("in sync"),
    expect.stringContaining("5 s behind PostgreSQL's"),
  ])
})
