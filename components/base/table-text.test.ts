import { expect, test } from "vitest"
import { csvFile, escapeFormula, toCsv, toMarkdown, toTsv } from "@/components/base/table-text"

test("CSV uses CRLF, and quotes fields with commas, quotes and line breaks (RFC 4180)", () => {
  expect(
    toCsv([
      ["a", "b"],
      ['say "hi"', "1,5"],
      ["two\nlines", ""],
    ]),
  ).toBe('a,b\r\n"say ""hi""","1,5"\r\n"two\nlines",\r\n')
})

test.each(['=HYPERLINK("https://evil.example")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-1+2", "  =1", "\t=1"])(
  "a spreadsheet does not evaluate %s",
  (cell) => {
    expect(escapeFormula(cell)).toBe(`'${cell}`)
  },
)
test.each(["-5", "+3.5", "-1,200.50", "-12 %", "-$5", "+49 30 1234", "a=b", "–", "1-2"])("%s is unchanged", (cell) => {
  expect(escapeFormula(cell)).toBe(cell)
})

test("clipboard cells stay in their row and column", () => {
  expect(
    toTsv([
      ["a\tb", "c\nd"],
      ["=1", "2"],
    ]),
  ).toBe("a b\tc d\n'=1\t2")
})

test("Markdown escapes pipes", () => {
  expect(
    toMarkdown([
      ["a|b", "c"],
      ["1", "\\"],
    ]),
  ).toBe("| a\\|b | c |\n| --- | --- |\n| 1 | \\\\ |")
})

test("a file has a byte order mark only where Excel needs it", () => {
  expect(csvFile("a,b\r\n")).toBe("a,b\r\n")
  expect(csvFile("ä\r\n").codePointAt(0)).toBe(0xfeff)
})
