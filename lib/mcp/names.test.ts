import { expect, test } from "vitest"
import { fingerprintOf, slugOf, toolNamesOf } from "@/lib/mcp/names"

test("names are safe, short, and unique", () => {
  const long = "a".repeat(100)
  const names = toolNamesOf("server", ["echo", "get.it", "get_it", "get/it", long, `${long}b`, "", "größe"])
  expect(names[0]).toBe("server__echo")
  expect(new Set(names).size).toBe(names.length)
  expect(names.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name))).toBe(true)
  expect(toolNamesOf("server", ["get_it", "get.it"])[0]).toBe("server__get_it")
})

test("a server's name becomes its tools' prefix, in any script", () => {
  expect([slugOf("My Docs (new)"), slugOf("Größe"), slugOf("__x__")]).toEqual(["my_docs_new", "gro_e", "x"])
  expect(slugOf("文档")).toMatch(/^server_[0-9a-f]{6}$/)
})

test("a fingerprint depends on content, not on key order", () => {
  expect(fingerprintOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(fingerprintOf({ b: [{ d: 3, c: 2 }], a: 1 }))
  expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ a: 2 }))
})
