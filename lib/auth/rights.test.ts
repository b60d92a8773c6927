import { expect, test } from "vitest"
import { ACTIONS, type Action, type Asker, may, roleOf } from "@/lib/auth/rights"

const user = { id: "me", guest: true, name: null }
const ASKERS: Record<string, Asker> = {
  nobody: { user: null },
  operator: { user: null, runsIt: true },
  guest: { user },
  member: { user: { ...user, guest: false } },
  admin: { user: { ...user, guest: false, admin: true } },
}
const MINE = { userId: "me" }
const THEIRS = { userId: "somebody else" }
/** Who is allowed, on their own resource. */
const EXPECTED: Partial<Record<Action, string[]>> = {
  "share:open": ["nobody", "operator", "guest", "member", "admin"],
  "share:inside": ["member", "admin"],
  "key:see": ["nobody", "operator", "guest", "member", "admin"],
  "key:change": ["operator", "admin"],
  "account:begin": ["nobody", "operator", "guest", "member", "admin"],
  "account:change": ["member", "admin"],
  ...Object.fromEntries(ACTIONS.filter((action) => action.startsWith("admin:")).map((action) => [action, ["admin"]])),
}
/** Resources without an owner. */
const UNOWNED: Action[] = ["share:open", "key:see", "key:change", "account:change", "account:delete"]

test.each(ACTIONS)("%s", (action) => {
  const allowed = Object.keys(ASKERS).filter((name) => may(ASKERS[name] ?? { user: null }, action, MINE))
  expect(allowed).toEqual(EXPECTED[action] ?? ["guest", "member", "admin"])
})

const OWNED = ACTIONS.filter(
  (action) => /:(read|change|delete|ask|stop|share|revoke|inside)$/.test(action) && !UNOWNED.includes(action),
)

test.each(OWNED)("%s: nobody may access what belongs to another user, not even an administrator", (action) => {
  for (const name of Object.keys(ASKERS)) expect(may(ASKERS[name] ?? { user: null }, action, THEIRS), name).toBe(false)
})

test("roles", () => {
  expect([roleOf(user), roleOf({ ...user, guest: false }), roleOf({ ...user, admin: true })]).toEqual([
    "guest",
    "member",
    "admin",
  ])
})
