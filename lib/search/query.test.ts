import { expect, test } from "vitest"
import { parseQuery } from "@/lib/search/query"
import { indexed, ownerTerm } from "@/lib/search/words"

const needles = (text: string) => parseQuery(text)?.clauses.map(({ needle }) => needle) ?? []

test("words match whole, except that the last one may be a prefix", () => {
  expect(needles("Red  Apple")).toEqual([" red ", " apple"])
  expect(needles("red apple ")).toEqual([" red ", " apple "])
  expect(needles('"red apple" pie"')).toEqual([" red apple ", " pie "])
  expect(needles('say "red app')).toEqual([" say ", " red app"])
})

test("input without words is an empty query", () => {
  for (const text of ["", "  ", '""', "-*&|!()", "\u0000"]) expect(parseQuery(text)).toBeNull()
})

test("pasted text is limited in length", () => {
  const query = parseQuery(Array.from({ length: 5_000 }, (_, n) => `w${n}`).join(" "))
  expect(query?.clauses.length).toBeLessThanOrEqual(12)
  expect(parseQuery("漢字仮名".repeat(3_000))?.terms.length).toBeLessThanOrEqual(48)
})

test("terms contain no query language operators", async () => {
  const odd = `a'b "c" d\\e f:g h* (i) j&k l|m !n <-> o^p ~q 'x'':* \u0000 ½ ㈱ e\u0301 न्यूज़`
  const query = parseQuery(odd)
  for (const term of [...(query?.terms ?? []), ...(query?.beginnings ?? []), ...(await indexed(odd, "a'b\"c")).terms])
    expect(term).toMatch(/^[·¦≈]?[\p{L}\p{N}\p{M}]+$/u)
})

test("no text can pose as an owner term", async () => {
  const owner = ownerTerm("01890a5d-ac96-774b-bcce-b302099a8057")
  expect((await indexed(`${owner} ·he ≈1`, "someone")).terms).not.toContain(owner)
})

test("every term of a query is in the index of a text it should match", async () => {
  const text = "The quick-brown fox's lair: 東京タワー and Ünïcødé at example.com/path_name 3.14"
  const { terms, text: stored } = await indexed(text, "u")
  for (const asked of [
    "quick-brown",
    "fox's",
    "東京タワー",
    "東",
    "unicode",
    "example.com ",
    '"path name 3.14"',
    "l",
    "la",
    "lai",
  ]) {
    const query = parseQuery(asked)
    for (const term of query?.terms ?? []) expect(terms, asked).toContain(term)
    for (const start of query?.beginnings ?? [])
      expect(
        terms.some((term) => term.startsWith(start)),
        asked,
      ).toBe(true)
    for (const { needle } of query?.clauses ?? []) expect(stored, asked).toContain(needle)
  }
})
