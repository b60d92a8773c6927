/** Deleting all chats, and undoing it. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { deleteAllChats, restoreAllChats } from "@/lib/accounts/all-chats"
import { testGuest } from "@/lib/auth/guest.fixture"
import type { ListEvent } from "@/lib/chat/conversation.types"
import { subscribe } from "@/lib/chat/news/news"
import { ask, modules, send, setUp, started } from "@/lib/generation/generation.fixture"

setUp()

test("deleting all chats stops their answers; undo does not restore chats deleted before", async () => {
  const { runningByMessage } = await modules()
  const { database } = started.testDb
  const [guest, other] = [await testGuest(), await testGuest()]
  const before = new Date(Date.now() - 60_000)
  const chat = (more: object = {}) => ({ id: uuidv7(), userId: guest.id, title: "t", ...more })
  const many = Array.from({ length: 601 }, () => chat())
  const [archived, temporary, gone, theirs] = [
    chat({ archivedAt: before }),
    chat({ temporary: true }),
    chat({ deletedAt: before }),
    chat({ userId: other.id }),
  ]
  await database.conversation.createMany({ data: [...many, archived, temporary, gone, theirs] })
  const request = ask("[[words n=100000 rate=50]]")
  const { response, answerId } = await send(request, { id: guest.id, guest: true, name: null })
  const heard: ListEvent[] = []
  const leave = await subscribe(guest.id, (event) => heard.push(event))

  const { count, deletedAt } = await deleteAllChats(guest.id)
  expect(count).toBe(603)
  await response?.text()
  expect(runningByMessage(answerId)).toBeUndefined()
  const left = () => database.conversation.findMany({ where: { deletedAt: null }, select: { id: true } })
  expect((await left()).map(({ id }) => id).sort()).toEqual([temporary.id, theirs.id].sort())
  const told = () => heard.flatMap((event) => ("changes" in event ? event.changes.map(({ id }) => id) : []))
  expect(told()).toEqual(expect.arrayContaining([request.id, archived.id, many[0]?.id]))
  leave()

  expect(await restoreAllChats(other.id, new Date(deletedAt))).toBe(0)
  expect(await restoreAllChats(guest.id, new Date(deletedAt))).toBe(603)
  expect(await left()).toHaveLength(605)
  expect(await database.conversation.findUnique({ where: { id: gone.id } })).toMatchObject({ deletedAt: before })
  expect(await deleteAllChats(other.id)).toMatchObject({ count: 1 })
})
