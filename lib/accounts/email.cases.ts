/** Changing an account's address, and other actions that require proof of ownership. */
import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { confirmPassword, requireRecentSignIn } from "@/lib/accounts/confirm"
import { confirmEmailChange, requestEmailChange, setEmail } from "@/lib/accounts/email"
import { disconnect } from "@/lib/accounts/own"
import { testAccount } from "@/lib/auth/guest.fixture"
import { makeChangeLink, makeResetLink } from "@/lib/auth/one-time-links"
import { hashPassword } from "@/lib/auth/passwords"
import { sessionOf } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { resetThrottles } from "@/lib/throttle/kept"

const PASSWORD = "correct horse battery"
const request = () => new Request("http://localhost:3000/api/account/email")
const secretOf = ({ url }: { url: string }) => url.split("#")[1] ?? ""
const newAddress = () => `${randomUUID()}@example.com`

export function emailCases(database: () => Database): void {
  describe("changing the address", () => {
    /** Signed in an hour ago. */
    const account = async () => {
      const made = await testAccount()
      const session = await sessionOf(made.cookie.split("=")[1])
      if (!session) throw new Error("no session")
      const passwordHash = await hashPassword(PASSWORD)
      await database().user.update({ where: { id: made.id }, data: { passwordHash, emailVerifiedAt: new Date() } })
      const createdAt = new Date(Date.now() - 3_600_000)
      await database().session.update({ where: { id: session.id }, data: { createdAt } })
      return { ...made, session }
    }
    const rowOf = (id: string) => database().user.findUniqueOrThrow({ where: { id } })

    beforeEach(async () => {
      resetThrottles()
      await database().throttle.deleteMany()
      config().accounts.mail = { smtpUrl: "smtp://127.0.0.1:9", from: "a@example.com" }
    })
    afterEach(() => {
      config().accounts.mail = null
    })

    test("an older session can change nothing here before the password is confirmed", async () => {
      const { id, session } = await account()
      const identity = randomUUID()
      await database().account.create({ data: { id: identity, userId: id, provider: "github", subject: identity } })
      for (const work of [
        () => requestEmailChange(request(), session, newAddress()),
        () => disconnect(session, identity),
      ])
        await expect(work()).rejects.toMatchObject({ code: "account:recent" })
      await expect(confirmPassword(request(), session, "wrong")).rejects.toMatchObject({
        code: "account:current_password",
      })
      await expect(requireRecentSignIn(session)).rejects.toMatchObject({ code: "account:recent" })
      await confirmPassword(request(), session, PASSWORD)
      await requireRecentSignIn(session)
      await disconnect(session, identity)
      // The confirmation expires.
      await database().session.update({
        where: { id: session.id },
        data: { confirmedAt: new Date(Date.now() - 16 * 60_000) },
      })
      await expect(requireRecentSignIn(session)).rejects.toMatchObject({ code: "account:recent" })
    })

    test("the new address takes effect once the account itself opens its link, and old links expire", async () => {
      const { id, email: old } = await account()
      const email = newAddress()
      const [change, reset] = [await makeChangeLink(id, email), await makeResetLink(id, old)]
      for (const asker of [null, (await testAccount()).id])
        await expect(confirmEmailChange(request(), secretOf(change), asker)).rejects.toMatchObject({
          key: "account:link/change",
        })
      expect((await rowOf(id)).email).toBe(old)
      await confirmEmailChange(request(), secretOf(change), id)
      expect(await rowOf(id)).toMatchObject({ email, emailVerifiedAt: expect.any(Date) })
      for (const link of [change, reset])
        await expect(confirmEmailChange(request(), secretOf(link), id)).rejects.toMatchObject({ code: "account:link" })
      expect(await database().oneTimeLink.count({ where: { userId: id, usedAt: null } })).toBe(0)
      expect(
        await database().auditEntry.findFirst({ where: { action: "account.email_changed", targetId: id } }),
      ).toMatchObject({
        details: { from: old, to: email },
      })
    })

    test("nobody gets another account's address, through the form or through two concurrent links", async () => {
      const [one, two] = [await account(), await account()]
      await confirmPassword(request(), one.session, PASSWORD)
      await expect(requestEmailChange(request(), one.session, two.email)).rejects.toMatchObject({
        key: "account:taken/other",
      })
      const email = newAddress()
      const links = await Promise.all([one, two].map(({ id }) => makeChangeLink(id, email)))
      const both = await Promise.allSettled(
        [one, two].map(({ id }, place) => confirmEmailChange(request(), secretOf(links[place] ?? { url: "" }), id)),
      )
      expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      expect(await database().user.count({ where: { email } })).toBe(1)
    })

    test("without mail the owner is told whom to ask; an administrator sets it, unconfirmed", async () => {
      const { id, session } = await account()
      await confirmPassword(request(), session, PASSWORD)
      config().accounts.mail = null
      await expect(requestEmailChange(request(), session, newAddress())).rejects.toMatchObject({
        key: "account:no_mail/change",
      })
      const email = newAddress()
      await makeResetLink(id)
      expect(await setEmail(id, ` ${email.toUpperCase()} `, "en")).toBe(email)
      expect(await rowOf(id)).toMatchObject({ email, emailVerifiedAt: null })
      expect(await database().oneTimeLink.count({ where: { userId: id, usedAt: null } })).toBe(0)
      await expect(setEmail(id, (await testAccount()).email, "en")).rejects.toMatchObject({ code: "account:taken" })
      await expect(setEmail(id, "no address", "en")).rejects.toMatchObject({ code: "account:email" })
    })
  })
}
