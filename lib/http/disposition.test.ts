import { expect, test } from "vitest"
import { attachment } from "@/lib/http/disposition"

test("the header stays on one line, and names can't escape their quotes", () => {
  expect(attachment('a"b\r\nx: y%41\u00e4.md')).toBe(
    "attachment; filename=\"a_b__x: y_41_.md\"; filename*=UTF-8''a%22b%0D%0Ax%3A%20y%2541%C3%A4.md",
  )
})
