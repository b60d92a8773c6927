import { expect, test } from "vitest"
import { isLargePaste, pastedName } from "@/components/composer/large-paste"

test.each([
  ["x".repeat(4_000), false],
  ["x".repeat(4_001), true],
  ["line\n".repeat(60), false],
  ["line\n".repeat(61), true],
  ["", false],
])("a paste counts as large by its characters or its lines", (text, large) => expect(isLargePaste(text)).toBe(large))

test("each large paste gets a unique name", () => {
  expect(pastedName("Pasted text", [])).toBe("Pasted text.txt")
  expect(pastedName("Pasted text", ["Pasted text.txt", "Pasted text 3.txt"])).toBe("Pasted text 2.txt")
})
