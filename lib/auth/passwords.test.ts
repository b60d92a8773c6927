import { verify } from "@node-rs/argon2"
import { expect, test } from "vitest"
import { DUMMY_PASSWORD_HASH, hashPassword, isPassword } from "@/lib/auth/passwords"

test("checking an unknown account's password costs as much as a known one's", async () => {
  const costOf = (hash: string) => hash.split("$").slice(0, 4)
  expect(costOf(DUMMY_PASSWORD_HASH)).toEqual(costOf(await hashPassword("a long password")))
  // The hash must be parsed successfully: an invalid one would be rejected immediately.
  expect(await verify(DUMMY_PASSWORD_HASH, "a long password")).toBe(false)
  expect(await isPassword("a long password", null)).toBe(false)
})
