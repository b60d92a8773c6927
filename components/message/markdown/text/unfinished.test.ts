import type { PluginConfig } from "streamdown"
import { beforeAll, expect, test } from "vitest"
import { outlined } from "@/components/message/markdown/drawn"
import { loadPlugins } from "@/components/message/markdown/plugins"
import { settled } from "@/components/message/markdown/text/unfinished"

let plugins: PluginConfig = {}
beforeAll(async () => {
  plugins = await loadPlugins("$$ *，")
})

/** The rendered blocks of a text, in order. */
function blocksOf(text: string, streaming: boolean): { tags: string[]; words: string } {
  const html = outlined(text, streaming, plugins)
  const tags = [...html.matchAll(/<(h[1-6]|p|ul|ol|li|table|tr|t[hd]|blockquote|pre|hr|img|strong|em|del|a|code)\b/g)]
  return { tags: tags.map(([, tag]) => tag ?? ""), words: html.replace(/<[^>]*>/g, "") }
}

/** Checks every prefix: no block is shown that the complete text does not have at this place. */
function flashesOf(text: string): string[] {
  const { tags: whole } = blocksOf(text, false)
  const flashes: string[] = []
  for (let length = 1; length < text.length; length++) {
    const { tags } = blocksOf(text.slice(0, length), true)
    const wrong = tags.findIndex((tag, index) => tag !== whole[index])
    if (wrong >= 0)
      flashes.push(`${JSON.stringify(text.slice(0, length).slice(-30))}: ${tags[wrong]} for ${whole[wrong]}`)
  }
  return flashes
}

test.each([
  ["headings", "Intro\n\n# One\n\ntext\n\n## Two\ntext\n\n###### Six\n\nend"],
  ["a hash that is not a heading", "#tag is no heading, nor is C#\n\n#1 neither"],
  ["a rule", "one\n\n---\n\ntwo\n\n***\n\nthree"],
  ["a line of dashes with words", "a paragraph\n-- said she\n\nand\n- a list\n- of two\n\nend"],
  ["lists", "- one\n- two\n  - inner\n  - more\n\n1. first\n2. second\n10. tenth\n\n* star\n* other\n"],
  ["tasks", "- [ ] open\n- [x] done\n"],
  ["emphasis", "some **bold words** and *slanted* and ~~gone~~ and `code` end"],
  ["emphasis at the start of a line", "**Bold** begins\n\n*slanted* too\n\n__also__ bold"],
  ["a table", "Intro:\n\n| Name | Value |\n| --- | ---: |\n| a | 1 |\n| **b** | 2 |\n\nend"],
  ["a table below a line", "Intro:\n| Name | Value |\n|------|-------|\n| a | 1 |\n"],
  ["pipes that are not a table", "|x| is what it is\n\nend"],
  ["a fence", "before\n\n```python\nprint(1)\n```\n\nafter"],
  ["a fence in a list", "1. do\n\n   ```sh\n   ls\n   ```\n\n2. done"],
  ["a quote", "> quoted\n> more\n\nend"],
  ["links", "see [the docs](https://example.org/a_b) and <https://example.org> end"],
  ["pictures", "look ![a cat](https://example.org/cat.png) there"],
  ["a comparison", "if a < b and b <c then AT&T > 5 &amp; so on, e.g. a<b"],
  ["formulas", "so $x^2$ and $$y$$ hold:\n\n$$\n\\frac{a}{b}\n$$\n\nand \\(z\\) too\n\n\\[ w = 1 \\]\n\nend"],
  ["money", "from $5 to $10, or $20.\n\nNo $ more"],
])("%s do not flash as something else while streaming", (_, text) => {
  expect(flashesOf(text)).toEqual([])
})

test("ordinary text is held back by at most a few characters", () => {
  const text = "A price of $5, a_b, 3 * 4, [a note], x < y, `code`, 100% & more. It's **all** there, really."
  for (let length = 1; length <= text.length; length++)
    expect(settled(text.slice(0, length)).length).toBeGreaterThan(length - 24)
})

test("an unclosed delimiter does not hide text for long", () => {
  const tail = "words and more words. ".repeat(100)
  for (const sign of ["$$", "\\[", "\\(", "![", "<b", "[^", "$x^", "| a", "**", "`"])
    expect(settled(`${sign} ${tail}`).length).toBeGreaterThan(1_000)
})

test("code is shown as it streams, except for a partial closing fence", () => {
  expect(settled("```js\n# no heading\n|\n$$")).toBe("```js\n# no heading\n|\n$$")
  expect(settled("```js\nlet a\n``")).toBe("```js\nlet a\n")
})

test("a footnote reference is a number before its text arrives, and the text is never an empty entry", () => {
  const text = "Said so[^1] and so[^two].\n\n[^1]: The note.\n[^two]: Another."
  expect(renderedNumbers(text.slice(0, 12))).toEqual({ references: 1, notes: 0 })
  expect(renderedNumbers(text.slice(0, 40))).toEqual({ references: 2, notes: 1 })
})

function renderedNumbers(text: string) {
  const html = outlined(text, true, plugins)
  return {
    references: html.match(/data-footnote-ref=/g)?.length ?? 0,
    notes: html.match(/data-footnote-backref=/g)?.length ?? 0,
  }
}

test.each([
  "**Use `npm run dev` first**, then look.",
  "_Under with `some code` here_ and on.",
  "- **Step `one two` of it** done",
  "__Both `at once` here__ too.",
])("emphasis markers never show while code inside them is streaming: %s", (text) => {
  const whole = blocksOf(text, false).words
  for (let length = 1; length < text.length; length++) {
    const { words } = blocksOf(text.slice(0, length), true)
    expect(whole.startsWith(words.trimEnd()), `${text.slice(0, length)} shows as ${words}`).toBe(true)
  }
})
