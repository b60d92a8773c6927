import { beforeAll, expect, test, vi } from "vitest"

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", "a secret that is long enough for everyone")
  vi.stubEnv("DATA_DIR", "/tmp/sparkler-token-test")
})

test("a new guest's token is read back, and two guests are two", async () => {
  const { createToken, needsRenewal, readToken } = await import("@/lib/auth/token")
  const [a, b] = [await readToken(await createToken()), await readToken(await createToken())]
  expect(a?.user).toMatchObject({ guest: true, name: null })
  expect(a?.user.id).not.toBe(b?.user.id)
  expect(a && needsRenewal(a)).toBe(false)
  expect(a && needsRenewal({ ...a, issuedAt: a.issuedAt - 2 * 86_400 })).toBe(true)
})

test("what is forged, damaged, expired or of another form is no session", async () => {
  const { encode } = await import("next-auth/jwt")
  const { createToken, readToken } = await import("@/lib/auth/token")
  const good = await createToken()
  const id = (await readToken(good))?.user.id
  const secret = "a secret that is long enough for everyone"
  expect(await readToken(undefined)).toBeNull()
  expect(await readToken("nonsense")).toBeNull()
  expect(await readToken(`${good.slice(0, -4)}AAAA`)).toBeNull()
  expect(
    await readToken(await encode({ token: { sub: id }, secret: "another secret that is long enough too" })),
  ).toBeNull()
  expect(await readToken(await encode({ token: { sub: "admin" }, secret }))).toBeNull()
  expect(await readToken(await encode({ token: { sub: id }, secret, maxAge: -60 }))).toBeNull()
  expect(await readToken(`eyJhbGciOiJub25lIn0.${btoa(JSON.stringify({ sub: id }))}.`)).toBeNull()
})
