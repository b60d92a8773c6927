import { expect, test } from "vitest"
import { cleanName } from "@/lib/images/name"

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\me\\cat.png", "cat.png"],
  ['a\u202Egnp.exe\n"<b>', "agnp.exeb"],
  ["", "image"],
  [`${"x".repeat(300)}.png`, `${"x".repeat(116)}.png`],
  [`${"🙂".repeat(200)}`, "🙂".repeat(120)],
  ["half \ud83d.png", "half \ufffd.png"],
])("a name is for display only: %j", (name, cleaned) => {
  expect(cleanName(name)).toBe(cleaned)
})
