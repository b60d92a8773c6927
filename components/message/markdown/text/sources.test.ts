import { expect, test } from "vitest"
import { isCitation, sourcesOf, withSources } from "@/components/message/markdown/text/sources"

const source = (number: number, url = `https://${number}.example/`) => ({ number, title: `Title ${number}`, url })
const search = { type: "tool-search_web", output: { sources: [source(1), source(2)] } }
const page = { type: "tool-read_web_page", output: { sources: [source(3, "https://3.example/a b?c=<d>#e")] } }
const sources = sourcesOf([{ type: "text", text: "" }, search, page])

test("collects the sources of all results, keeping the first per number", () => {
  const later = { output: { sources: [source(2, "https://other.example/"), { number: "x" }, null] } }
  expect([...sourcesOf([search, later])]).toEqual([
    [1, { title: "Title 1", url: "https://1.example/" }],
    [2, { title: "Title 2", url: "https://2.example/" }],
  ])
  expect(sourcesOf([{ output: { sources: "no list" } }, { output: null }, {}]).size).toBe(0)
})

test.each([
  ["So it is [1].", "So it is [1](<https://1.example/>)."],
  ["So it is[2].", "So it is[2](<https://2.example/>)."],
  ["Both [1][2]", "Both [1](<https://1.example/>)[2](<https://2.example/>)"],
  ["Both [1, 2]", "Both [1](<https://1.example/>)[2](<https://2.example/>)"],
  ["With blanks [3]", "With blanks [3](<https://3.example/a%20b?c=%3Cd%3E#e>)"],
])("%s", (text, linked) => {
  expect(withSources(text, sources)).toBe(linked)
})

test.each([
  "None has [9]",
  "One has none [1, 9]",
  "A link [1](https://a.example/)",
  "A reference [1][note]",
  "[1]: https://a.example/",
  "An image ![1]",
  "Escaped \\[1]",
  "In code `list[1]` and ``a ` b[1]``",
  "In a formula $$x[1]$$",
])("%s is unchanged", (text) => {
  expect(withSources(text, sources)).toBe(text)
})

test("only web pages are linked", () => {
  const odd = sourcesOf([
    { output: { sources: [source(1, "javascript:alert(1)"), source(2, "/api/account"), source(3, "")] } },
  ])
  expect(withSources("[1] [2] [3]", odd)).toBe("[1] [2] [3]")
})

test("a link is a citation if it has the source's number and URL", () => {
  expect(isCitation("1", "https://1.example/", sources)?.title).toBe("Title 1")
  expect(isCitation("1", "https://evil.example/", sources)).toBeNull()
  expect(isCitation("one", "https://1.example/", sources)).toBeNull()
})
