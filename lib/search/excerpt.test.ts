import { expect, test } from "vitest"
import { excerptOf, highlightAll } from "@/lib/search/excerpt"
import { type Clause, parseQuery } from "@/lib/search/query"

const clauses = (text: string): Clause[] => parseQuery(text)?.clauses ?? []
const shown = (text: string, query: string) => {
  const excerpt = excerptOf(text, clauses(query))
  return { ...excerpt, marked: excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end)) }
}

test("highlights words as written, whatever was typed", () => {
  expect(shown("Crème BRÛLÉE, crème.", "creme brulee").marked).toEqual(["Crème", "BRÛLÉE", "crème"])
  expect(shown("the lamps are lit", "lamp").marked).toEqual(["lamps"])
  expect(shown("the lamps are lit", "lamp ").marked).toEqual([])
})

test("highlights a phrase as a whole, and only where it occurs as one", () => {
  expect(shown("quick red fox, a quick, brown fox", '"quick brown"').marked).toEqual(["quick, brown"])
  expect(shown("at example.com or example com, not example", "example.com ").marked).toEqual([
    "example.com",
    "example com",
  ])
})

test("highlights characters in text without spaces, also after characters that folding lengthens", () => {
  expect(shown("我在北京大学，北京很大", "北京").marked).toEqual(["北京", "北京"])
  expect(shown("株式会社㈱北京", "北京").marked).toEqual(["北京"])
})

test("shows the place with most of the words", () => {
  const text = `lamp ${"a b c ".repeat(80)} the lamp of the lighthouse ${"d e f ".repeat(80)}`
  const { text: excerpt, marked } = shown(text, "lamp lighthouse")
  expect(marked).toEqual(["lamp", "lighthouse"])
  expect(excerpt).toMatch(/^….* the lamp of the lighthouse .*…$/)
})

test("never cuts a character in two, nor highlights outside the excerpt", () => {
  const text = `${"😀".repeat(300)}灯${"😀".repeat(300)}`
  const { text: excerpt, marks } = shown(text, "灯")
  expect(excerpt.isWellFormed()).toBe(true)
  for (const [start, end] of marks) expect(start < end && end <= excerpt.length).toBe(true)
  expect(marks).toHaveLength(1)
})

test("is the start of the text when there is nothing to highlight", () => {
  expect(shown("# Title\n\n* **one**\n* `two`", "absent")).toMatchObject({ text: "Title one two", marks: [] })
})

test("highlights in a full title keep their positions", () => {
  expect(highlightAll("The  lamp\nand lamp", clauses("lamp"))).toEqual({
    text: "The  lamp\nand lamp",
    marks: [
      [5, 9],
      [14, 18],
    ],
  })
})
