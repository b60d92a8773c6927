import { expect, test } from "vitest"
import { cellOf, csvResponse, lineOf } from "@/lib/admin/csv"

test.each([
  ["=1+1", `"'=1+1"`],
  ["+49 30", `"'+49 30"`],
  ["-2", `"'-2"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["\t=1", `"'\t=1"`],
  ["  =cmd|' /C calc'!A0", `"'  =cmd|' /C calc'!A0"`],
  ["|calc", `"'|calc"`],
  ["%0A=1", `"'%0A=1"`],
])("%s is not a formula", (text, cell) => {
  expect(cellOf(text)).toBe(cell)
})

test("numbers stay numbers, and delimiters in cells are quoted", () => {
  expect(cellOf(-2.5)).toBe("-2.5")
  expect(lineOf(["a", null, 3, 'say "hi", twice', "two\nlines"])).toBe('a,,3,"say ""hi"", twice","two\nlines"\r\n')
})

test("a file declares its type, and its source ends when the reader stops", async () => {
  let ended = false
  async function* rows() {
    try {
      for (let n = 0; ; n++) yield ["line", n]
    } finally {
      ended = true
    }
  }
  const response = csvResponse("usage", rows())
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8")
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="usage.csv"')
  const reader = response.body?.getReader()
  expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode((await reader?.read())?.value)).toBe("\uFEFFline,0\r\n")
  await reader?.cancel()
  expect(ended).toBe(true)
})
