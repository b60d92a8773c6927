/** Fields that no body may set: ownership, permissions, and inherited properties. */
import { expect, test } from "vitest"
import { call, worldOf } from "@/app/api/rights.fixture"
import { type Row, rows } from "@/app/api/rights.rows"
import { testAccount } from "@/lib/auth/guest.fixture"
import { setUp, started } from "@/lib/generation/generation.fixture"
import { isRecord } from "@/lib/is-record"

setUp()

/** Columns that people must not write, and names that objects inherit. */
const claims = (victim: string) => ({
  ...{ userId: victim, ownerId: victim, user: { connect: { id: victim } } },
  ...{ admin: true, guest: false, disabledAt: null, deleteAfter: null, emailVerifiedAt: new Date(), passwordHash: "x" },
  ...{ answersPerDay: 1e9, spendPerMonthUsd: 1e9, storageMb: 1e9, answersToday: 0, role: "admin", isAdmin: true },
  ...{ token: "0".repeat(32), views: 0, costUsd: 0, status: "complete", createdAt: "1970-01-01T00:00:00Z" },
  constructor: { prototype: { polluted: true } },
})

/** Like JSON.parse, creates an own property with this name. */
const withProto = (body: object): unknown =>
  JSON.parse(`${JSON.stringify(body).slice(0, -1)},"__proto__":{"polluted":true}}`)

/** Rows whose body is an object: nothing can be added to others. */
const withBody = rows.filter(({ body, path }) => body && path !== "images" && !path.startsWith("admin/"))

/** Everything stored about a person, except what their own use changes. */
const kept = async (id: string) => {
  const { database } = started.testDb
  const user = await database.user.findUnique({ where: { id } })
  const { name: _, answersDay: __, answersToday: ___, ...rest } = user ?? {}
  const where = { where: { userId: id } }
  const { conversation, folder, preset, prompt, share, file } = database
  const counts = await Promise.all(
    [conversation, folder, preset, prompt, share, file].map((table) => countOf(table, where)),
  )
  return { rest, counts }
}

const countOf = (table: unknown, where: object): Promise<number> => {
  const count = isRecord(table) ? Reflect.get(table, "count") : undefined
  if (typeof count !== "function") throw new Error("no table")
  return Reflect.apply(count, table, [where])
}

const said = ({ body, ...row }: Row, victim: string): Row => ({
  ...row,
  body: (world) => {
    const own = body?.(world)
    return isRecord(own) ? withProto({ ...claims(victim), ...own }) : own
  },
})

test.each(withBody)("$method $path rejects fields it doesn't own", async (row) => {
  const [person, victim] = [await testAccount(), await testAccount()]
  const [world, theirs] = [await worldOf(person, row), await worldOf(victim, row)]
  const { database } = started.testDb
  const [before, victims] = [await kept(person.id), await kept(victim.id)]
  const response = await call(said(row, victim.id), world, person.cookie)
  await response.body?.cancel()
  expect(response.status, "the body is rejected, or its extra fields are ignored").toBeLessThan(500)
  expect(await kept(victim.id)).toEqual(victims)
  const { rest } = await kept(person.id)
  for (const name of [
    "admin",
    "guest",
    "disabledAt",
    "emailVerifiedAt",
    "answersPerDay",
    "storageMb",
    "spendPerMonthUsd",
  ])
    expect(Reflect.get(rest, name), name).toEqual(Reflect.get(before.rest, name))
  const yours = await database.conversation.findUnique({ where: { id: theirs.conversation } })
  expect(yours?.userId).toBe(theirs.conversation ? victim.id : undefined)
  const mine = await database.conversation.findUnique({ where: { id: world.conversation } })
  expect(mine?.userId ?? person.id).toBe(person.id)
  expect(Reflect.get({}, "polluted")).toBeUndefined()
})
