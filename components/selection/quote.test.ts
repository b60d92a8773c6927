import { expect, test } from "vitest"
import { quoteAt, quoted } from "@/components/selection/quote"

test("each line is quoted, including blank ones, so that it stays one quote", () => {
  expect(quoted("one\n\n```js\nlet a\n```\n")).toBe("> one\n>\n> ```js\n> let a\n> ```")
})

test.each([
  ["", "> a\n\n"],
  ["   ", "> a\n\n"],
  ["What is", "\n\n> a\n\n"],
  ["What is\n", "\n> a\n\n"],
  ["What is\n\n", "> a\n\n"],
])("the quote is on separate lines after %j", (before, put) => expect(quoteAt(before, "a")).toBe(put))
