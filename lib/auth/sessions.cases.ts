/** Sessions in the database: started, looked up, migrated from cookies of earlier versions, ended. */
import { randomUUID } from "node:crypto"
import { encode } from "next-auth/jwt"
import { expect, test, vi } from "vitest"
import { endSession } from "@/lib/auth/ending"
import { testGuest } from "@/lib/auth/guest.fixture"
import { clearSessionCache, createGuestSession, sessionOf } from "@/lib/auth/sessions"
import { createToken } from "@/lib/auth/token"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { endedUsers, removeSpentSessions } from "@/lib/db/people/sessions"

const DAY_MS = 86_400_000

/** In the format of a version without sessions. */
const earlierToken = (userId: string) =>
  encode({ token: { sub: userId, guest: true, name: null }, secret: config().authSecret, maxAge: 1_000 })

export function sessionCases(database: () => Database): void {
  const newUser = async () => (await database().user.create({ data: { id: randomUUID() } })).id
  const userOf = async (token: string) => {
    // Like another process, without a cache.
    clearSessionCache()
    return (await sessionOf(token))?.user.id ?? null
  }

  test("a guest is a user with a session whose key is not stored in the database", async () => {
    const claims = await createGuestSession(new Headers())
    if (!claims) throw new Error("no guest")
    const found = await sessionOf(await createToken(claims))
    expect(found).toMatchObject({ id: claims.sid, user: { id: claims.sub, guest: true, admin: false }, isDue: false })
    const row = await database().session.findUniqueOrThrow({ where: { id: claims.sid } })
    expect(JSON.stringify(row)).not.toContain(claims.key)
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 399 * DAY_MS)
  })

  test("a cookie is valid only with its own key and user, and as long as its session", async () => {
    const [{ id, claims }, other] = [await testGuest(), await testGuest()]
    expect(await userOf(await createToken({ ...claims, key: other.claims.key }))).toBeNull()
    expect(await userOf(await createToken({ ...claims, sub: other.id }))).toBeNull()
    expect(await userOf(await createToken({ ...claims, sid: randomUUID() }))).toBeNull()
    expect(await userOf(await createToken(claims))).toBe(id)
    await database().session.update({ where: { id: claims.sid }, data: { expiresAt: new Date(Date.now() - 1_000) } })
    expect(await userOf(await createToken(claims))).toBeNull()
  })

  test("a revoked session ends immediately in this process, and the user's others continue", async () => {
    const { id, claims } = await testGuest()
    const second = await testGuest()
    await database().session.update({ where: { id: second.claims.sid }, data: { userId: id } })
    const token = await createToken(claims)
    expect((await sessionOf(token))?.user.id).toBe(id)
    expect(await endSession(claims.sid, second.id)).toBe(false)
    expect((await sessionOf(token))?.user.id).toBe(id)
    expect(await endSession(claims.sid, id)).toBe(true)
    expect(await sessionOf(token)).toBeNull()
    expect(await endSession(claims.sid, id)).toBe(false)
    expect(await userOf(await createToken({ ...second.claims, sub: id }))).toBe(id)
  })

  test("a session looked up while it was revoked is not cached", async () => {
    const { id, claims } = await testGuest()
    const token = await createToken(claims)
    clearSessionCache()
    const asked = sessionOf(token)
    await endSession(claims.sid, id)
    await asked
    expect(await sessionOf(token)).toBeNull()
  })

  test("disabled or deleted users have no access, and no cookie restores them", async () => {
    const [off, gone, earlier] = [await testGuest(), await testGuest(), await newUser()]
    await database().user.update({ where: { id: off.id }, data: { disabledAt: new Date() } })
    expect(await userOf(await createToken(off.claims))).toBeNull()
    expect(await userOf(await earlierToken(off.id))).toBeNull()
    await database().user.update({ where: { id: off.id }, data: { disabledAt: null } })
    expect(await userOf(await createToken(off.claims))).toBe(off.id)

    expect(await userOf(await earlierToken(earlier))).toBe(earlier)
    await database().user.deleteMany({ where: { id: { in: [gone.id, earlier] } } })
    for (const token of [await createToken(gone.claims), await earlierToken(gone.id), await earlierToken(earlier)])
      expect(await userOf(token)).toBeNull()
    expect(await database().user.count({ where: { id: { in: [gone.id, earlier] } } })).toBe(0)
  })

  test("a cookie from a version without sessions is migrated once, to one session however often it is sent", async () => {
    const id = await newUser()
    const token = await earlierToken(id)
    const visits = await Promise.all([sessionOf(token), sessionOf(token), sessionOf(await earlierToken(id))])
    expect(new Set(visits.map((visit) => visit?.user.id))).toEqual(new Set([id]))
    const [visit] = visits
    if (!visit) throw new Error("no session")
    expect(visit.isDue).toBe(true)
    // Both the new cookie, and the old one in case the new one was lost.
    for (const again of [await createToken(visit.claims), token]) expect(await userOf(again)).toBe(id)
    expect(await database().session.count({ where: { userId: id } })).toBe(1)
    await endSession(visit.id, id)
    for (const again of [await createToken(visit.claims), token]) expect(await userOf(again)).toBeNull()
  })

  test("such a cookie of a user who never stored anything is invalid", async () => {
    const id = randomUUID()
    expect(await userOf(await earlierToken(id))).toBeNull()
    expect(await database().user.count({ where: { id } })).toBe(0)
  })

  test("a returning session is recorded to the hour, and its expiry is extended", async () => {
    const { claims } = await testGuest()
    const where = { id: claims.sid }
    await database().session.update({ where, data: { expiresAt: new Date(Date.now() + DAY_MS) } })
    // Discards pending writes of other tests.
    Reflect.deleteProperty(globalThis, Symbol.for("sparkler.sessions"))
    const timers = vi.spyOn(globalThis, "setTimeout")
    for (let visit = 0; visit < 3; visit++) expect(await userOf(await createToken(claims))).toBe(claims.sub)
    expect(timers.mock.calls.filter(([, ms]) => ms === 2_000).length, "written together").toBe(1)
    timers.mockRestore()
    await vi.waitFor(
      async () => {
        const { lastSeenAt, expiresAt } = await database().session.findUniqueOrThrow({ where })
        expect(lastSeenAt && lastSeenAt.getTime() % 3_600_000).toBe(0)
        expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 399 * DAY_MS)
      },
      { timeout: 60_000 },
    )
  })

  test("expired and long unused sessions are removed; revoked ones stay as long as their cookie could be valid", async () => {
    const now = new Date()
    const [over, revoked, stranger, keeper, seen] = await Promise.all([1, 2, 3, 4, 5].map(() => testGuest()))
    if (!over || !revoked || !stranger || !keeper || !seen) throw new Error("no guests")
    const set = (guest: typeof over, data: { expiresAt?: Date; revokedAt?: Date; lastSeenAt?: Date }) =>
      database().session.update({ where: { id: guest.claims.sid }, data })
    const long = new Date(now.getTime() - 500 * DAY_MS)
    await set(over, { expiresAt: new Date(now.getTime() - 1), lastSeenAt: long })
    await set(revoked, { revokedAt: long, lastSeenAt: long })
    await set(seen, { lastSeenAt: long })
    await database().preset.create({ data: { id: randomUUID(), userId: keeper.id, name: "p", settings: {} } })
    const ids = [over, revoked, stranger, keeper, seen].map((guest) => guest.id)
    await database().user.updateMany({ where: { id: { in: ids } }, data: { createdAt: long } })
    await removeSpentSessions(now, new Date(now.getTime() - DAY_MS))
    const left = await database().session.findMany({ where: { userId: { in: ids } }, select: { userId: true } })
    expect(new Set(left.map(({ userId }) => userId))).toEqual(new Set([revoked.id, keeper.id, seen.id]))
    expect(await database().user.count({ where: { id: { in: ids } } })).toBe(4)
  })

  test("another process can find out whose sessions ended", async () => {
    const since = new Date(Date.now() - 1_000)
    const [live, off, gone, revoked] = [await testGuest(), await testGuest(), await testGuest(), await testGuest()]
    await database().user.update({ where: { id: off.id }, data: { disabledAt: new Date() } })
    await database().user.delete({ where: { id: gone.id } })
    await endSession(revoked.claims.sid, revoked.id)
    const ids = [live.id, off.id, gone.id, revoked.id]
    expect(new Set(await endedUsers(ids, since))).toEqual(new Set([off.id, gone.id, revoked.id]))
    expect(new Set(await endedUsers(ids, new Date(Date.now() + 60_000)))).toEqual(new Set([off.id, gone.id]))
  })
}
