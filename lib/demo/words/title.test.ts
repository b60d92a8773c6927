import { expect, test } from "vitest"
import { titleOf } from "@/lib/demo/words/title"

test.each([
  [
    "Ann Miller, 34, is an optician. Write to her at ann.miller@example.com or call +1 415 555 0134.",
    "Ann Miller, 34, is an optician",
  ],
  ["Explain how lighthouses guide ships at night", "How lighthouses guide ships at night"],
  ["What's the weather in Paris today, and do I need an umbrella?", "Weather in Paris today"],
  ["Make a table of the first 12 primes with their gaps and squares.", "Table of the first 12 primes"],
  [
    "Draw a flowchart: order, payment, packing, shipping, delivery.",
    "Flowchart: order, payment, packing, shipping, delivery",
  ],
  ["Describe this picture and its main colors.", "Picture and its main colors"],
  ["Please could you write me a haiku about autumn?", "Haiku about autumn"],
  ["Hello", "Hello"],
  ["Hi! What is 2+2?", "2+2"],
  ["See https://example.com/a/b?c=d for the report on bees", "See for the report on bees"],
  ["**Bold** `code` question about Rust", "Bold code question about Rust"],
  ["```js\nlet a = 1\n```\nWhat does this code do?", "What does this code do"],
  ["Wie wird das Wetter morgen in Oslo?", "Wie wird das Wetter morgen"],
  ["東京の天気を教えてください。", "東京の天気を教えてください"],
  ["[[echo]] Hello there", "Echo Hello there"],
  ["", "New conversation"],
  ["???", "New conversation"],
])("%s → %s", (question, title) => {
  expect(titleOf(question)).toBe(title)
})

test("a long word is cut, but never inside a character", () => {
  const title = titleOf(`${"a".repeat(59)}😀😀 and more`)
  expect(title.length).toBeLessThanOrEqual(60)
  expect(title).not.toMatch(/[\ud800-\udbff]$/)
})

test("a hostile question is handled quickly", () => {
  const before = process.cpuUsage()
  for (const piece of ["a ", "the ", "please ", "1 ", "a@", ". ", "```", "+1-"]) titleOf(piece.repeat(100_000))
  // CPU time, because wall time includes other processes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
})
