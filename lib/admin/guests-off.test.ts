/** Guests are turned off while some of them are getting answers. */
import { expect, test } from "vitest"
import { changeSettingsAsAdmin } from "@/lib/admin/settings"
import { testAccount } from "@/lib/auth/guest.fixture"
import { ask, modules, newGuest, readUntil, setUp, started } from "@/lib/generation/generation.fixture"
import { pageModels } from "@/lib/quota/offers"

setUp()

test("disabling guests stops their answers, accounts' answers continue, and pages are notified", async () => {
  const { acceptMessage, followMessages, stopConversation } = await modules()
  const [guest, member] = [await newGuest(), { ...(await testAccount()), guest: false, name: null }]
  const signal = new AbortController().signal
  const begin = async (who: { id: string; guest: boolean; name: null }) => {
    const question = ask("[[words n=4000 rate=50]]")
    const { answerIds } = await acceptMessage(who, question)
    await readUntil(await followMessages(who.id, answerIds, { signal }), "text-delta")
    return { question, id: answerIds[0] ?? "" }
  }
  const [theirs, ours] = [await begin(guest), await begin(member)]
  const statusOf = async (id: string) => (await started.testDb.database.message.findUnique({ where: { id } }))?.status
  expect(await pageModels(guest, [], "en")).not.toHaveProperty("guestsOff")
  const actor = { user: { id: "a", guest: false, name: "Ada" }, language: "en" as const, note: async () => {} }
  await changeSettingsAsAdmin(actor, { guests: false })
  expect(await statusOf(theirs.id)).toBe("stopped")
  expect(await statusOf(ours.id)).toBe("streaming")
  expect(await pageModels(guest, [], "en")).toMatchObject({ guestsOff: true })
  expect(await pageModels({ ...member, name: null }, [], "en")).not.toHaveProperty("guestsOff")
  await expect(acceptMessage(guest, ask("hi"))).rejects.toMatchObject({ code: "auth:guests_off" })
  await stopConversation(member.id, ours.question.id)
})
