import { verify } from "@node-rs/argon2"
import { expect, test } from "vitest"
import { hashPassword, isPassword, NOBODYS } from "@/lib/auth/passwords"

test("checking an unknown account's password costs as much as a known one's", async () => {
  const costOf = (hash: string) => hash.split("$").slice(0, 4)
  expect(costOf(NOBODYS)).toEqual(costOf(await hashPassword("a long password")))
  // The hash must be parsed successfully: an invalid one would be rejected immediately.
  expect(await verify(NOBODYS, "a long password")).toBe(false)
  expect(await isPassword("a long password", null)).toBe(false)
})
