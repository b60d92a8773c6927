/** Who may open a share, on either database. */

import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { accessTo, isListed, NOBODY, ownerOfSharedImage } from "@/lib/share/access"
import { addPerson, receivedShares, removePerson } from "@/lib/share/people"
import { sharing, tokenOf } from "@/lib/share/shared.fixture"
import { changeShare, createShare, listLiveShares } from "@/lib/share/shares"
import { unlockShare } from "@/lib/share/unlock"
import { resetThrottles } from "@/lib/throttle/kept"

const PASSCODE = "open sesame"

export function sharedAccessCases(database: () => Database): void {
  const { newUser, newChat, stored } = sharing(database)

  describe("access", () => {
    test("an expired link opens nothing, and can be extended", async () => {
      const user = await newUser()
      const { conversationId, image } = await newChat(user)
      const link = await createShare(user.id, conversationId, { expiresAt: new Date(Date.now() - 1_000) })
      const token = tokenOf(link)
      expect(await accessTo(token, NOBODY)).toEqual({ state: "none" })
      expect(await ownerOfSharedImage(token, image.id, NOBODY)).toBeNull()
      expect(await listLiveShares(user.id)).toMatchObject([{ id: link.id }])
      await changeShare(user.id, link.id, { expiresAt: new Date(Date.now() + 60_000) })
      expect((await accessTo(token, NOBODY)).state).toBe("open")
      await changeShare(user.id, link.id, { expiresAt: null })
      await database().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
      expect(await accessTo(token, NOBODY), "its author is switched off").toEqual({ state: "none" })
    })

    test("a passcode unlocks the link in this browser until the passcode changes", async () => {
      const user = await newUser()
      const { conversationId, image } = await newChat(user)
      const link = await createShare(user.id, conversationId, { passcode: PASSCODE, listed: true })
      const other = await createShare(user.id, conversationId, { passcode: PASSCODE })
      const token = tokenOf(link)
      expect(await stored(link.id)).not.toContain(PASSCODE)
      expect((await accessTo(token, NOBODY)).state).toBe("locked")
      expect(await isListed(token)).toBe(false)
      expect(await ownerOfSharedImage(token, image.id, NOBODY)).toBeNull()
      const headers = new Headers()
      await expect(unlockShare(token, "wrong", { ...NOBODY, headers })).rejects.toMatchObject({
        code: "share:passcode",
      })
      const cookie = (await unlockShare(token, PASSCODE, { ...NOBODY, headers }))?.split(";")[0] ?? ""
      const reader = { user: null, cookie: `a=b; ${cookie}` }
      expect((await accessTo(token, reader)).state).toBe("open")
      expect(await ownerOfSharedImage(token, image.id, reader)).toBe(user.id)
      expect((await accessTo(tokenOf(other), reader)).state).toBe("locked")
      for (const forged of [cookie.slice(0, -2), cookie.replace(/=\d/, "=9"), cookie.replace(/\..*/, ".")])
        expect((await accessTo(token, { user: null, cookie: forged })).state, forged).toBe("locked")
      expect((await accessTo(token, { user, cookie: null })).state, "its author").toBe("open")
      await changeShare(user.id, link.id, { passcode: "another one" })
      expect((await accessTo(token, reader)).state).toBe("locked")
      await changeShare(user.id, link.id, { passcode: null })
      expect((await accessTo(token, NOBODY)).state).toBe("open")
    })

    test("many concurrent wrong passcodes are throttled with the wait time; the right one waits as well", async () => {
      resetThrottles()
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const token = tokenOf(await createShare(user.id, conversationId, { passcode: PASSCODE }))
      const headers = new Headers()
      const tries = Array.from({ length: 40 }, () => unlockShare(token, "wrong", { ...NOBODY, headers }))
      const codes = (await Promise.allSettled(tries)).map((one) => one.status === "rejected" && one.reason.code)
      expect(codes.filter((code) => code === "share:passcode")).toHaveLength(5)
      expect(codes.filter((code) => code === "limit:reached")).toHaveLength(35)
      const refused = await unlockShare(token, PASSCODE, { ...NOBODY, headers }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: "limit:reached", retryAfterS: expect.any(Number) })
      resetThrottles()
      expect(await unlockShare(token, PASSCODE, { ...NOBODY, headers })).toContain("HttpOnly")
    })

    test("users on this server can read it while they are listed, and nobody else can", async () => {
      const author = await newUser({ email: `${randomUUID()}@firm.test`, name: "Anna" })
      const email = `${randomUUID()}@firm.test`
      const friend = await newUser({ email })
      const [stranger, guest] = [await newUser({ email: `${randomUUID()}@firm.test` }), await newUser()]
      const { conversationId, image } = await newChat(author)
      const link = await createShare(author.id, conversationId, { inside: true, people: [email] })
      const token = tokenOf(link)
      expect(link.people).toMatchObject([{ id: friend.id, email }])
      const as = (user: typeof friend) => accessTo(token, { user, cookie: null })
      expect((await as(friend)).state).toBe("open")
      for (const nobody of [stranger, guest]) expect(await as(nobody)).toEqual({ state: "none" })
      expect(await accessTo(token, NOBODY)).toEqual({ state: "none" })
      expect(await ownerOfSharedImage(token, image.id, { user: friend, cookie: null })).toBe(author.id)
      expect(await ownerOfSharedImage(token, image.id, { user: stranger, cookie: null })).toBeNull()
      expect(await receivedShares(friend.id)).toMatchObject([{ id: link.id, by: "Anna", path: link.path }])
      expect(await receivedShares(stranger.id)).toEqual([])
      await expect(removePerson(stranger.id, link.id, friend.id)).rejects.toMatchObject({ code: "share:not_found" })
      await removePerson(author.id, link.id, friend.id)
      expect(await as(friend)).toEqual({ state: "none" })
      expect(await receivedShares(friend.id)).toEqual([])
    })

    test("people without an account are named to nobody, and accounts can't be enumerated", async () => {
      resetThrottles()
      const author = await newUser({ email: `${randomUUID()}@firm.test` })
      const { conversationId } = await newChat(author)
      const link = await createShare(author.id, conversationId, { inside: true })
      const codes: unknown[] = []
      for (let tried = 0; tried < 12; tried++)
        codes.push(await addPerson(author.id, link.id, `nobody${tried}@firm.test`).catch((error) => error.code))
      expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "share:person_not_found"))
      expect(codes.slice(10)).toEqual(["limit:reached", "limit:reached"])
      const guest = await newUser()
      const theirs = await newChat(guest)
      const refused = createShare(guest.id, theirs.conversationId, { inside: true })
      await expect(refused).rejects.toMatchObject({ code: "auth:forbidden" })
    })
  })
}
