import { expect, test } from "vitest"
import { safeName, uniqueNames } from "@/lib/export/names"

test("a title becomes a file name valid on every system", () => {
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

test("file names are unique", () => {
  const nameOf = uniqueNames()
  expect(["A", "a", "B", "A"].map(nameOf)).toEqual(["A", "a (2)", "B", "A (3)"])
  const given = ["c", "c (2)", "c", "C (3)", "c", "c (2)"].map(uniqueNames())
  expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(6)
})
