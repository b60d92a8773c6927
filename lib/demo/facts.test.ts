import { expect, test } from "vitest"
import { factsOf, findValue } from "@/lib/demo/facts"
import { keyTerms, numbersOf, personOf } from "@/lib/demo/words/words"

test.each([
  ["Mail ada.l+x@example.co.uk today", "email", "ada.l+x@example.co.uk"],
  ["@handle, then bob@example.org", "email", "bob@example.org"],
  ["see https://example.com/a?b=1 now", "url", "https://example.com/a?b=1"],
  ["call +49 30 1234567", "phone", "+49 30 1234567"],
  ["on 3 May 2024", "date", "2024-05-03"],
  ["on May 3rd, 2024", "date", "2024-05-03"],
  ["on 2024-05-03", "date", "2024-05-03"],
  ["She lives in Rio de Janeiro. Good.", "city", "Rio de Janeiro"],
  ["Ada works as a software engineer in London", "occupation", "software engineer"],
  ["John Miller is 30", "name", "John Miller"],
  ["paid 5 €", "currency", "EUR"],
])("from “%s”, %s is %s", (text, name, value) => {
  expect(findValue(text, name)).toBe(value)
})

test("ages are found in natural phrasing", () => {
  expect(findValue("John is 30 years old", "age", "number")).toBe("30")
  expect(findValue("Mary, 25, lives here", "age", "number")).toBe("25")
  expect(findValue("nobody", "age", "number")).toBeNull()
})

test("names: introduced, mentioned, or lowercase; none in a text without one", () => {
  expect(personOf("Hello, my name is Ada Lovelace")).toBe("Ada Lovelace")
  expect(personOf("my name is ada")).toBe("Ada")
  expect(personOf("Extract, then see: This is it")).toBeNull()
})

test("names beyond the first 8,000 characters are ignored", () => {
  expect(personOf(`${"word ".repeat(1_700)} John Miller is 30`)).toBeNull()
  expect(personOf(`${"word ".repeat(1_000)} John Miller is 30`)).toBe("John Miller")
})

test("hyphens between digits are not minus signs, and thousands separators are understood", () => {
  expect(numbersOf("10-20 on 2024-01-05, then -3 and 1,200.5")).toEqual([10, 20, 2024, 1, 5, -3, 1200.5])
})

test("key terms are the most frequent meaningful words", () => {
  expect(keyTerms("The bees and the honey: bees make honey, bees fly")).toEqual(["bees", "honey", "fly"])
  expect(keyTerms(`${"a".repeat(400_000)} bees`)).toEqual(["bees"])
})

test("facts without a schema contain only what the text says", () => {
  expect(factsOf("empty")).toEqual({ topics: ["empty"] })
  expect(factsOf("John Miller is 30, mail john@example.com")).toMatchObject({
    name: "John Miller",
    age: 30,
    email: "john@example.com",
  })
})
