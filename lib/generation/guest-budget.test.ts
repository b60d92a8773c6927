/** One daily budget for all guests together. */
import { expect, test } from "vitest"
import { bus } from "@/lib/bus/here"
import { ask, newGuest as guest, modules, send, setUp, started } from "@/lib/generation/generation.fixture"

setUp({ GUEST_ANSWERS_PER_DAY: "6" })

const LIMIT = { code: "limit:reached", message: expect.stringContaining("today") }

test("guests share a daily answer budget, accounts are not part of it, and it survives a restart", async () => {
  const { acceptMessage } = await modules()
  const { takeGuestAnswers } = await import("@/lib/generation/guest-budget")
  for (let n = 0; n < 2; n++) await (await send(ask("[[words n=1]]"), await guest())).response?.text()
  // Forty concurrent guests take exactly what is left.
  const guests = await Promise.all(Array.from({ length: 40 }, guest))
  const rush = await Promise.allSettled(guests.map((one) => acceptMessage(one, ask("[[words n=1]]"))))
  expect(rush.filter(({ status }) => status === "fulfilled")).toHaveLength(4)
  for (const result of rush) if (result.status === "rejected") expect(result.reason).toMatchObject(LIMIT)

  Reflect.deleteProperty(globalThis, Symbol.for("sparkler.guestBudget"))
  await expect(acceptMessage(await guest(), ask("[[words n=1]]"))).rejects.toMatchObject(LIMIT)
  await takeGuestAnswers({ ...(await guest()), guest: false }, 1)
  await takeGuestAnswers(await guest(), 6, new Date(Date.now() + 86_400_000))
})

test("answers taken or returned by another process count here too", async () => {
  const { takeGuestAnswers } = await import("@/lib/generation/guest-budget")
  const later = new Date(Date.now() + 3 * 86_400_000)
  const elsewhere = (count: number, day = later.toISOString().slice(0, 10)) =>
    bus().publish("guest-answers", JSON.stringify({ nodeId: "elsewhere", day, count }))
  await takeGuestAnswers(await guest(), 2, later)
  await elsewhere(4)
  await elsewhere(-4, "2026-01-01")
  await expect(takeGuestAnswers(await guest(), 1, later)).rejects.toMatchObject(LIMIT)
  await elsewhere(-1)
  await takeGuestAnswers(await guest(), 1, later)
  await expect(takeGuestAnswers(await guest(), 1, later)).rejects.toMatchObject(LIMIT)
})

test("when the operator disables guests, existing guests get no answers, but accounts do", async () => {
  const { changeSettings } = await import("@/lib/operator/settings")
  const { acceptMessage } = await modules()
  const member = await guest()
  await changeSettings({ guests: false })
  await expect(acceptMessage(await guest(), ask("[[words n=1]]"))).rejects.toMatchObject({ code: "auth:guests_off" })
  await acceptMessage({ ...member, guest: false }, ask("[[words n=1]]"))
  await changeSettings({ guests: null })
})

test("answers that were never started are returned to the budget", async () => {
  const { takeGuestAnswers } = await import("@/lib/generation/guest-budget")
  const later = new Date(Date.now() + 2 * 86_400_000)
  const giveBack = await takeGuestAnswers(await guest(), 6, later)
  await expect(takeGuestAnswers(await guest(), 1, later)).rejects.toMatchObject(LIMIT)
  giveBack()
  await takeGuestAnswers(await guest(), 6, later)
})

test("a restart also remembers answers that are not messages: grid and eval rows", async () => {
  const { takeGuestAnswers } = await import("@/lib/generation/guest-budget")
  const later = new Date(Date.now() + 5 * 86_400_000)
  const { id } = await guest()
  const data = { answersDay: later.toISOString().slice(0, 10), answersToday: 4 }
  await started.testDb.database.user.update({ where: { id }, data })
  await expect(takeGuestAnswers(await guest(), 3, later)).rejects.toMatchObject(LIMIT)
  await takeGuestAnswers(await guest(), 2, later)
})
