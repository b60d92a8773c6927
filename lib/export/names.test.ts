import { expect, test } from "vitest"
import { attachment, safeName, uniqueNames } from "@/lib/export/names"

test("a title becomes a name that every system takes", () => {
  const names = [
    "../../etc/passwd",
    'a/b\\c:d*e?f"g<h>i|j',
    " .hidden. ",
    "CON",
    "nul.tar",
    "",
    "\u202Egpj.exe",
    "a\u0000b\nc",
    "Rosen 🌹",
  ]
  expect(names.map((name) => safeName(name, "chat"))).toEqual([
    "etc passwd",
    "a b c d e f g h i j",
    "hidden",
    "chat",
    "chat",
    "chat",
    "gpj.exe",
    "a b c",
    "Rosen 🌹",
  ])
  expect([...safeName("🌹".repeat(200), "chat")]).toHaveLength(80)
})

test("the same name comes once", () => {
  const nameOf = uniqueNames()
  expect(["A", "a", "B", "A"].map(nameOf)).toEqual(["A", "a (2)", "B", "A (3)"])
  const given = ["c", "c (2)", "c", "C (3)", "c", "c (2)"].map(uniqueNames())
  expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(6)
})

test("a header holds one line and no way out of its quotes", () => {
  expect(attachment('a"b\r\nx: y%41\u00e4.md')).toBe(
    "attachment; filename=\"a_b__x: y_41_.md\"; filename*=UTF-8''a%22b%0D%0Ax%3A%20y%2541%C3%A4.md",
  )
})
