import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { beginningOf, piecesOf } from "@/components/message/markdown/text/pieces"

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n")

test.each<[string, string]>([
  ["emphasis", "*a".repeat(20_000)],
  ["strong emphasis", "**a ".repeat(10_000)],
  ["underscores and asterisks", "*a _b".repeat(8_000)],
  ["strikethrough", "~~a".repeat(10_000)],
  ["open brackets", "[".repeat(20_000)],
  ["brackets in brackets", `${"[".repeat(10_000)}a${"](b)".repeat(10_000)}`],
  ["unclosed images", "![a](".repeat(10_000)],
  [
    "backticks of all lengths",
    lines(300, (n) => "`".repeat(n + 1))
      .replaceAll("\n", " ")
      .repeat(12),
  ],
  ["angle brackets", "<".repeat(40_000)],
  ["dollars", "$$a ".repeat(10_000)],
  ["entities", "&amp;".repeat(10_000)],
  ["nested quotes", `${">".repeat(5_000)} a`],
  ["nested quotes with spaces", `${"> ".repeat(5_000)} a`],
  ["nested lists", `${"- ".repeat(2_000)} a`],
  ["nested numbered lists", `${"1. ".repeat(2_000)} a`],
  ["link definitions", lines(10_000, (n) => `[a${n}]: /u`)],
  ["rows that are not a table", `|a|b|\n|-|-|-|\n${"|*a*a\n".repeat(8_000)}`],
  ["numbers that don't start a list", `a\n${"2. *a\n".repeat(8_000)}`],
  ["an endless table", `|a|b|\n|-|-|\n${"|x|y|\n".repeat(20_000)}`],
  ["an endless link definition", "a.b".repeat(30_000)],
  ["nested lists, line by line", lines(150, (n) => `${"  ".repeat(n)}- a`)],
  ["carriage returns without line feeds", `a${"\rb".repeat(10_000)}`],
  ["endless tag attributes", `<a ${"b ".repeat(10_000)}`],
  ["a formula of 100,000 characters", `$$\n${"x".repeat(100_000)}\n$$`],
])("%s: shown as plain text, and its surroundings as Markdown", (_, text) => {
  const pieces = piecesOf(`# Title\n\n${text}\n\nThe *end*.`)
  expect(pieces.map(({ plain }) => plain)).toEqual([false, true, false])
  expect(pieces.map((piece) => piece.text).join("")).toBe(`# Title\n\n${text}\n\nThe *end*.`)
  for (const { plain, ms } of pieces) if (!plain) expect(ms).toBeLessThan(1)
})

test.each<[string, string]>([
  ["this project's README", readFileSync("README.md", "utf8")],
  [
    "a table of 500 rows",
    `| a | b | c | d |\n|---|---|---|---|\n${"| *x* | `y` | 1 | [z](/u) |\n".repeat(250)}${"| 1 | 2 | 3 | 4 |\n".repeat(250)}`,
  ],
  ["a list of 500 bullets", lines(500, (n) => `- **Point ${n}**: see [this](/u/${n}) and \`that\``)],
  ["a list of 500 numbers", lines(500, (n) => `${n + 1}. **Point ${n}** with *words*`)],
  ["a page of quotes", lines(400, (n) => `> > line ${n} of *it*`)],
  ["10,000 lines of code", `\`\`\`ts\n${lines(10_000, (n) => `const a${n} = [${n}, "*", b[${n}]] // <T>`)}\n\`\`\``],
  ["a novel's chapter", lines(300, () => `${"She said “no” (again). ".repeat(20)}\n`)],
  ["base64", `\`${"aGVsbG8+d29ybGQ/".repeat(2_000)}\``],
  ["a minified script", "a.b(c[d],e=>{f&&g*h});".repeat(40)],
])("%s: one piece, as Markdown", (_, text) => {
  expect(piecesOf(text)).toMatchObject([{ text, plain: false }])
})

test("a very long text is split between paragraphs into pieces that stay stable while it grows", () => {
  const text = lines(4_000, (n) => (n % 3 === 0 ? `- point *${n}*\n` : `Some **words** of ${n}.\n`))
  const pieces = piecesOf(text)
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.map((piece) => piece.text).join("")).toBe(text)
  for (const piece of pieces) {
    expect(piece.plain).toBe(false)
    expect(piece.ms).toBeLessThan(320)
    expect(piece.text).toMatch(/^(- point|Some)/)
  }
  const grown = piecesOf(`${text}\n\nMore`)
  expect(grown.slice(0, pieces.length - 1)).toEqual(pieces.slice(0, -1))
  // Never splits inside a list.
  for (const piece of pieces.slice(1)) expect(piece.text.startsWith("Some")).toBe(true)
})

test("symbols in code add no cost, and a fence keeps its blank lines", () => {
  expect(piecesOf(`\`\`\`\n${"*a".repeat(20_000)}\n\n${"[".repeat(20_000)}\n\`\`\`\n\nAfter`)).toHaveLength(1)
})

test("empty text has no pieces", () => expect(piecesOf("")).toEqual([]))

const paragraphs = lines(10_000, (n) => `Some **words** of ${n}.\n`)

test.each<[what: string, text: string, most: number]>([
  ["paragraphs", paragraphs, 18],
  ["unclosed emphasis", "*a".repeat(50_000), 0],
  ["a paragraph, and unclosed brackets", `# Title\n\nHello.\n\n${"[".repeat(100_000)}`, 1],
  ["one long list", lines(5_000, (n) => `- point *${n}*\n`), 0],
])("the beginning of %s is a bounded number of complete blocks", (_, text, most) => {
  const { text: begun, rest, ms } = beginningOf(text)
  expect(begun + rest).toBe(text)
  expect(ms).toBeLessThanOrEqual(most)
  expect(begun === "").toBe(most === 0)
  if (begun !== "") expect(begun.endsWith("\n\n")).toBe(true)
})

test("a fence cut by the limit is excluded from the beginning", () => {
  const { text: begun, rest } = beginningOf(`# Title\n\nHello.\n\n\`\`\`\n${"a\n\n".repeat(30_000)}\`\`\`\n`)
  expect(begun).toBe("# Title\n\nHello.\n\n")
  expect(rest.startsWith("```")).toBe(true)
})
