import { randomUUID } from "node:crypto"
import { beforeAll, expect, test, vi } from "vitest"
import { createToken, needsRenewal, readToken } from "@/lib/auth/token"

const SECRET = "a secret that is long enough for everyone"

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", SECRET)
  vi.stubEnv("DATA_DIR", "/tmp/sparkler-token-test")
})

const newClaims = () => ({ sub: randomUUID(), sid: randomUUID(), key: "a key" })

test("a cookie names its session and user, and is renewed after a day", async () => {
  const claims = newClaims()
  const read = await readToken(await createToken(claims))
  expect(read).toMatchObject({ userId: claims.sub, session: { id: claims.sid, key: claims.key } })
  expect(read && needsRenewal(read)).toBe(false)
  expect(read && needsRenewal({ ...read, issuedAt: read.issuedAt - 2 * 86_400 })).toBe(true)
})

test("a cookie from a version without sessions names only the user, and is due for renewal", async () => {
  const { encode } = await import("next-auth/jwt")
  const sub = randomUUID()
  const read = await readToken(await encode({ token: { sub, guest: true, name: null }, secret: SECRET }))
  expect(read).toMatchObject({ userId: sub, session: null })
  expect(read && needsRenewal(read)).toBe(true)
})

test("forged, damaged, expired, or malformed cookies are rejected", async () => {
  const { encode } = await import("next-auth/jwt")
  const claims = newClaims()
  const good = await createToken(claims)
  expect(await readToken(undefined)).toBeNull()
  expect(await readToken("nonsense")).toBeNull()
  expect(await readToken(`${good.slice(0, -4)}AAAA`)).toBeNull()
  expect(await readToken(await encode({ token: claims, secret: "another secret that is long enough too" }))).toBeNull()
  expect(await readToken(await encode({ token: { ...claims, sub: "admin" }, secret: SECRET }))).toBeNull()
  expect(await readToken(await encode({ token: { ...claims, key: undefined }, secret: SECRET }))).toBeNull()
  expect(await readToken(await encode({ token: claims, secret: SECRET, maxAge: -60 }))).toBeNull()
  expect(await readToken(`eyJhbGciOiJub25lIn0.${btoa(JSON.stringify(claims))}.`)).toBeNull()
})
