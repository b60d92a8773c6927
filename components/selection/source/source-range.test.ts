import { expect, test } from "vitest"
import { sourceRange } from "@/components/selection/source/source-range"

/** Finds the source range for the visible text between ‹ and ›. */
function found(source: string, shown: string, formulas: string[] = []) {
  const from = shown.indexOf("‹")
  const to = shown.indexOf("›") - 1
  const text = shown.replace("‹", "").replace("›", "")
  const range = sourceRange(source, {
    text,
    from,
    to,
    formulas: formulas.map((tex) => [text.indexOf(tex), text.indexOf(tex) + tex.length]),
  })
  return range && source.slice(range.start, range.end)
}

test.each([
  ["words of a paragraph", "One two, three four.", "One ‹two, three› four.", "two, three"],
  ["with the markers at its ends", "He said (“yes”), then left.", "He said ‹(“yes”),› then left.", "(“yes”),"],
  ["a part of a word", "unbelievable", "un‹believ›able", "believ"],
  ["the second occurrence of the same words", "a cat, a cat, a cat", "a cat, a ‹cat›, a cat", "cat"],
  ["within emphasis", "a **bold word** b", "a ‹bold› word b", "bold"],
  ["across the end of emphasis", "a **bold word** and b", "a bold ‹word and› b", "**bold word** and"],
  ["a link's text, not its URL", "See [docs](https://docs.dev/docs) for docs.", "See ‹docs› for docs.", "docs"],
  ["across a link", "See [docs](https://docs.dev) now.", "‹See docs› now.", "See [docs](https://docs.dev)"],
  ["inline code", "call `f(x)` now", "call ‹f(x)› now", "f(x)"],
  ["inline code and words", "call `f(x)` now", "‹call f(x)› now", "call `f(x)`"],
  ["one item", "- one a\n- two b\n- three c", "one a\n‹two› b\nthree c", "two"],
  ["several complete items", "- one a\n- two b\n- three c", "one a\ntwo ‹b\nthree› c", "- two b\n- three c"],
  ["several complete paragraphs", "One a.\n\nTwo b.\n\nThree c.", "One ‹a.\nTwo› b.\nThree c.", "One a.\n\nTwo b."],
  ["a heading without its markers", "# Title here\n\nText", "‹Title here›\nText", "Title here"],
  ["a line of code", "```js\nlet a = 1\nlet b = 2\n```", "let a = 1\n‹let b = 2›", "let b = 2"],
  ["all of the code, not its fence", "x\n\n```js\nlet js = 1\n```\n", "x\n‹let js = 1›", "let js = 1"],
  ["a cell", "|a|b|\n|-|-|\n|one|two|", "a\nb\n‹one›\ntwo", "one"],
  ["cells of a row: the whole table", "|a|b|\n|-|-|\n|one|two|", "a\nb\n‹one\ntwo›", "|one|two|"],
  ["symbols without spaces", "東京は日本の首都です。", "東京は‹日本の首都›です。", "日本の首都"],
  ["escaped characters", "5 \\* 3 is fifteen", "‹5 * 3› is fifteen", "5 \\* 3"],
  ["a quote", "> one two\n> three\n\nfour", "one ‹two\nthree›\nfour", "two\n> three"],
])("%s", (_, source, shown, piece) => expect(found(source, shown)).toBe(piece))

test("a formula is included whole, with its delimiters", () => {
  expect(found("So $a+b$ is \\(c^2\\) here.", "So ‹a+b› is c^2 here.", ["a+b", "c^2"])).toBe("$a+b$")
  expect(found("So $a+b$ is \\(c^2\\) here.", "So a+b ‹is c^2› here.", ["a+b", "c^2"])).toBe("is \\(c^2\\)")
  expect(found("It costs $5 and $10.", "It costs $5 ‹and› $10.")).toBe("and")
})

test("when words are not found, the blocks around the others are used", () => {
  const source = "First block.\n\nSee ![a picture](/x.png) and more.\n\nLast block."
  expect(found(source, "First block.\nSee ‹picture at host and more›.\nLast block.")).toBe(
    "See ![a picture](/x.png) and more.",
  )
  expect(found(source, "First block.\nSee ‹entirely else›.")).toBeNull()
  expect(found(source, "First block.‹…›")).toBeNull()
})

test("text that should not be parsed is located by its words", () => {
  const hostile = `Start here. ${"*a".repeat(20_000)}\n\nThe end is near.`
  const shown = hostile.replace("end is", "‹end is›")
  expect(found(hostile, shown)).toBe("end is")
})
