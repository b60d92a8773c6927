import { expect, test } from "vitest"
import { excerptOf } from "@/lib/search/excerpt"
import { parseQuery } from "@/lib/search/query"
import { readable } from "@/lib/search/readable"

test.each([
  ["# Title\n\nSome **bold**, *thin* and ~~old~~ words", "Title Some bold, thin and old words"],
  ["| name | price |\n| --- | ---: |\n| lamp | **5** |\n| a \\| b | |", "name · price lamp · 5 a | b"],
  ["> quoted\n> > twice\n\n- [x] done\n- [ ] open\n* point\n1. first", "quoted twice done open point 1. first"],
  ['See [the *lamp*](https://x.org/a_(b) "t") and ![a cat](c.png), [that][1].', "See the *lamp* and a cat, that."],
  ["$$\nx^2\n$$ and $$y$$, \\(z\\), \\[w\\] for $5", "x^2 and y, z, w for $5"],
  ["Use `a * b` or ``c ` d``.", "Use a * b or c ` d."],
  ["```ts\nconst a_b = c * d // **x**\n# no heading\n```\nAfter", "const a_b = c * d // **x** # no heading After"],
  ["~~~\n| a |\n~~~", "| a |"],
  ["2 * 3 * 4, snake_case_name, a*b, _thin_ and __fat__, 5*", "2 * 3 * 4, snake_case_name, a*b, thin and fat, 5"],
  ["ssh <user>@<server>, Vec<String>, a < b", "ssh <user>@<server>, Vec<String>, a < b"],
  ['<b>fat</b><br>next <a href="/x">link</a> <https://x.org/y>', "fat next link https://x.org/y"],
  ["Tom &amp; Jerry &lt;x&gt;, \\*no\\* \\_signs\\_", "Tom & Jerry <x>, *no* _signs_"],
  ["Text[^1].\n\n[^1]: A note", "Text. A note"],
  ["Heading\n===\n\nOther\n---\n\n***\n\nEnd", "Heading Other End"],
  ["", ""],
])("%j is rendered as %j", (text, words) => expect(readable(text)).toBe(words))

test.each([
  ["| a | big lamp |\n| --- | --- |\n| **c** | d |", "lamp", ["lamp"]],
  ["See [the **old** lamp](https://x.org) there", "lamp", ["lamp"]],
  ["```ts\nconst lamp = 1\n```", "lamp", ["lamp"]],
  ["Formula $$lamp^2$$ here", "lamp", ["lamp"]],
  ["**la**mp and **lamp**", "lamp", ["lamp", "lamp"]],
  // Matches only within hidden syntax, which is then shown.
  ["See [this](https://example.org/lamp)", "lamp", ["lamp"]],
])("%j: %s is highlighted in place", (text, typed, wanted) => {
  const { text: shown, marks } = excerptOf(text, parseQuery(typed)?.clauses ?? [])
  expect(marks.map(([start, end]) => shown.slice(start, end))).toEqual(wanted)
})

test("a long text of unclosed syntax is handled like any other", () => {
  for (const sign of ["[", "![", "`", "*", "_", "<b ", "~~~\n", "| ", "> ", "&", "\\", "[^", "[a](", "<https:", "- "])
    expect(typeof readable(sign.repeat(100_000 / sign.length))).toBe("string")
})
