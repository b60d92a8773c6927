import { expect, it } from "vitest"
import { spoken } from "@/components/chat/announcer"

it("announces Markdown without its syntax", () => {
  expect(spoken("## Title\n\nSome **bold** `code` and [a link](https://a.example).")).toBe(
    "Title Some bold code and a link.",
  )
  expect(spoken("- one\n- two\n\n```ts\nconst a = 1\n```")).toBe("one two const a = 1")
  expect(spoken("1. 2 * 3 stays")).toBe("2 * 3 stays")
  expect(spoken("put _it_ into `FIREWORKS_API_KEY` or `__init__` of snake_case, *now*")).toBe(
    "put it into FIREWORKS_API_KEY or __init__ of snake_case, now",
  )
})
