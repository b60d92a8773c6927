import { expect, test } from "vitest"
import { joined, promptFromQuery, removePromptFromQuery } from "@/components/composer/asked-text"

test.each([
  ["?q=hello", "hello"],
  ["?q=two%20words+and%0Aa%20line", "two words and\na line"],
  ["?q=100%25&temporary", "100%"],
  ["?q=%F0%9F%8E%87", "🎇"],
  ["?q=one&q=two", "one"],
  ["?q=%00a%07b%0D%0Ac", "ab\nc"],
  ["?q=<script>alert(1)</script>", "<script>alert(1)</script>"],
  ["?q=%20%20", ""],
  ["?q", ""],
  ["?folder=x", ""],
  ["", ""],
])("%s prefills its text", (search, text) => expect(promptFromQuery(search)).toBe(text))

test("other query parameters are kept", () => {
  expect(removePromptFromQuery("?q=hello")).toBe("")
  expect(removePromptFromQuery("?temporary=1&q=hello&folder=x")).toBe("?temporary=1&folder=x")
})

test("an existing draft is kept, and the text is not added twice", () => {
  expect(joined("", "hello")).toBe("hello")
  expect(joined("a draft", "hello")).toBe("a draft\n\nhello")
  expect(joined("a draft\n\nhello", "hello")).toBe("a draft\n\nhello")
})
