import { expect, test } from "vitest"
import { placesAskedFor, placesOf } from "@/lib/demo/places"

test.each([
  ["What's the weather in Paris?", ["Paris"]],
  ["Weather in Paris, London and Rome", ["Paris", "London", "Rome"]],
  ["weather in paris", ["Paris"]],
  ["in paris and rome tomorrow", ["Paris", "Rome"]],
  ["In Paris, will it rain?", ["Paris"]],
  ["Rio de Janeiro weather", ["Rio de Janeiro"]],
  ["weather in Frankfurt am Main please", ["Frankfurt am Main"]],
  ["Rome? And in Oslo?", ["Rome", "Oslo"]],
  ["Portland, OR and Austin, TX", ["Portland, OR", "Austin, TX"]],
  ["Paris, France", ["Paris, France"]],
  ["weather in France, Italy and Spain", ["France", "Italy", "Spain"]],
  ["Is it cold in new york tomorrow?", ["New York"]],
  ["Is it warmer in Rome than Oslo?", ["Rome", "Oslo"]],
  ["Weather for St. Louis", ["St. Louis"]],
  ["Wetter in München", ["München"]],
])("“%s” asks for %j", (text, places) => {
  expect(placesAskedFor(text)).toEqual(places)
})

test.each(["weather?", "How is the weather today?", "What's the weather like in January?", "weather in the morning"])(
  "“%s” does not name a place",
  (text) => {
    expect(placesAskedFor(text)).toEqual([])
  },
)

test("a place ends with its sentence, and within text it needs a preposition before it", () => {
  expect(placesOf("They live in Paris. Contact: a@b.example")).toEqual(["Paris"])
  expect(placesOf("Ada likes Turing")).toEqual([])
})

test("only the first 4,000 characters are searched, and at most twelve places are returned", () => {
  expect(placesOf(`${"word ".repeat(1_000)} in Paris`)).toEqual([])
  expect(placesOf("Aa, ".repeat(100).replace(/^/, "in ")).length).toBeLessThanOrEqual(12)
  const names = [..."ABCDEFGHIJKLMNOPQRST"].map((letter) => `${letter}ville`).join(", ")
  expect(placesOf(`in ${names}`)).toHaveLength(12)
})
