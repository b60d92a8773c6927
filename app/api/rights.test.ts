/**
 * Every route × every kind of caller: the owner, another guest, a member, an administrator, nobody, a revoked session,
 * a deleted user, and a deactivated one.
 */
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { call, worldOf } from "@/app/api/rights.fixture"
import { rows } from "@/app/api/rights.rows"
import { deleteAccount, switchOff } from "@/lib/accounts/accounts"
import { endSession } from "@/lib/auth/ending"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { setUp, started } from "@/lib/generation/generation.fixture"

setUp()

/**
 * Routes without an owner: they report the server's health or serve the program's files. `auth` has its own test
 * (door.spec.ts).
 */
const UNOWNED = ["health", "ready", "diagrams", "diagrams/[...file]", "auth/[...nextauth]"]

const statusOf = async (response: Response) => {
  await response.body?.cancel()
  return response.status
}

test.each(rows)("$method $path", async (row) => {
  const [owner, other, ended, gone] = [await testGuest(), await testGuest(), await testGuest(), await testGuest()]
  const world = await worldOf(owner, row)
  // Their sessions belong to the owner's account, so only the session's state can refuse them.
  await started.testDb.database.session.update({ where: { id: ended.claims.sid }, data: { userId: owner.id } })
  await endSession(ended.claims.sid, owner.id)
  await deleteAccount(gone.id)
  const none = row.nobody ?? 401
  expect(await statusOf(await call(row, world)), "no session").toBe(none)
  expect(await statusOf(await call(row, world, ended.cookie)), "a revoked session").toBe(none)
  expect(await statusOf(await call(row, world, gone.cookie)), "a deleted user").toBe(none)
  expect(await statusOf(await call(row, world, other.cookie)), "another guest").toBe(row.other)
  const [member, admin, off] = [await testAccount(), await testAccount({ admin: true }), await testAccount()]
  await switchOff(off.id)
  expect(await statusOf(await call(row, world, off.cookie)), "a disabled user").toBe(none)
  const members = row.member ?? row.other
  expect(await statusOf(await call(row, world, member.cookie)), "another member").toBe(members)
  expect(await statusOf(await call(row, world, admin.cookie)), "an administrator").toBe(row.admin ?? members)
  const owned = await call(row, world, owner.cookie)
  expect(owned.status, `the owner: ${owned.ok ? "" : await owned.clone().text()}`).toBe(row.owner)
  await owned.body?.cancel()
})

test("every route is in the table", () => {
  const routes = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith("/route.ts"),
  )
  const exported = routes.flatMap((file) => {
    const path = file.slice(0, -"/route.ts".length)
    const text = readFileSync(`app/api/${file}`, "utf8")
    const methods = text.match(/\b(GET|POST|PUT|PATCH|DELETE)\b(?= =|\(| \}|,)/g) ?? []
    return UNOWNED.includes(path) ? [] : [...new Set(methods)].map((method) => `${method} ${path}`)
  })
  expect(new Set(rows.map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(exported))
})
