/** Temporary conversations whose page has crashed. */
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect, test } from "vitest"
import { bus } from "@/lib/bus/here"
import { ask, modules, send, setUp, started, user } from "@/lib/generation/generation.fixture"

setUp()

const SECRET = "xylophone marmalade"
const MINUTE = 60_000
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE)

const load = async () => ({
  ...(await import("@/lib/chat/temporary")),
  ...(await import("@/lib/upkeep/upkeep")),
})

const count = (id: string) => started.testDb.database.conversation.count({ where: { id } })

test("a conversation held by its page stays; ten minutes after the last heartbeat, it is removed and its answer ends", async () => {
  const { holdTemporary, sweep } = await load()
  const request = ask("[[words n=5000 rate=50]]", { temporary: true })
  const { answerId } = await send(request)
  expect(await holdTemporary(user.id, request.id)).toBe(true)
  await sweep(inMinutes(9))
  expect(await count(request.id)).toBe(1)
  await sweep(inMinutes(11))
  expect(await count(request.id)).toBe(0)
  const { runningByMessage } = await modules()
  expect(runningByMessage(answerId)).toBeUndefined()
  expect(await holdTemporary(user.id, request.id)).toBe(false)
})

test("one that was never held is removed an hour after its last message; kept ones need no page and stay", async () => {
  const { holdTemporary, sweep } = await load()
  const [temporary, kept] = [ask("[[echo]] hi", { temporary: true }), ask("[[echo]] hi")]
  for (const request of [temporary, kept]) await (await send(request)).response?.text()
  expect(await holdTemporary(user.id, kept.id)).toBe(false)
  await sweep(inMinutes(50))
  expect(await count(temporary.id)).toBe(1)
  await sweep(inMinutes(61))
  expect(await count(temporary.id)).toBe(0)
  expect(await count(kept.id)).toBe(1)
})

test("one held by a page in another process stays here too", async () => {
  const { sweep } = await load()
  const { subscribeToHolds } = await import("@/lib/chat/held")
  const leave = await subscribeToHolds()
  const request = ask("[[echo]] hi", { temporary: true })
  await (await send(request)).response?.text()
  const elsewhere = (at: Date | null) =>
    bus().publish("held-temporary", JSON.stringify({ id: request.id, at: at?.getTime() ?? null }))
  await elsewhere(inMinutes(60))
  await sweep(inMinutes(65))
  expect(await count(request.id)).toBe(1)
  await elsewhere(null)
  await sweep(inMinutes(65))
  expect(await count(request.id)).toBe(0)
  leave()
})

test("after removal, its content is in no database file, even while the process runs", async () => {
  const { removeTemporary } = await load()
  const { database, dataDir } = started.testDb
  await database.$executeRawUnsafe("PRAGMA secure_delete = ON")
  const request = ask(`[[echo]] ${SECRET}`, { temporary: true })
  await (await send(request)).response?.text()
  const found = () => readdirSync(dataDir).filter((name) => readFileSync(path.join(dataDir, name)).includes(SECRET))
  expect(found()).not.toEqual([])
  expect(await removeTemporary(user.id, request.id)).toBe(true)
  expect(found()).toEqual([])
})
