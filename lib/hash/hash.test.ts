import { expect, test } from "vitest"
import { hashOf, isHashOf } from "@/lib/hash/hash"

test("a word is known again by its hash, another one is not, and what is no hash is nobody's", async () => {
  const stored = await hashOf("open sesame")
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await hashOf("open sesame")).not.toBe(stored)
  expect(await isHashOf(stored, "open sesame")).toBe(true)
  expect(await isHashOf(stored, "open sesame ")).toBe(false)
  for (const broken of ["", "plain", "$argon2id$v=19$m=1$x"]) expect(await isHashOf(broken, "plain")).toBe(false)
})
