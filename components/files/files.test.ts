import { describe, expect, it } from "vitest"
import { detectSeparator, readTable } from "@/components/files/csv"
import { factsOf, formatBytes, languageOf, linesOf } from "@/components/files/facts"
import { mediaTypeOf } from "@/lib/messages/text-bytes"

describe("table in a text file", () => {
  const read = (text: string, most = 100) => readTable(text, detectSeparator(text), most)

  it("supports separators, line breaks and quotes in quoted cells", () => {
    expect(read('name,note\r\n"Miller, Ann","said ""hi""\nand left"\r\nBob,\r\n').rows).toEqual([
      ["name", "note"],
      ["Miller, Ann", 'said "hi"\nand left'],
      ["Bob", ""],
    ])
  })

  it("detects the separator, ignoring quoted cells", () => {
    expect(detectSeparator("a;b;c\n1,5;2;3")).toBe(";")
    expect(detectSeparator("a\tb")).toBe("\t")
    expect(detectSeparator('"a,b,c,d";e;f')).toBe(";")
    expect(detectSeparator("one column")).toBe(",")
  })

  it("is read up to the requested row", () => {
    expect(read("a\nb\nc", 2)).toEqual({ rows: [["a"], ["b"]], more: true })
    expect(read("a\nb\n", 2).more).toBe(false)
    expect(read("").rows).toEqual([])
  })

  it("ends at the end of the text when a quote is unclosed or mid-cell", () => {
    expect(read('a,"b\nc,d').rows).toEqual([["a", "b\nc,d"]])
    expect(read('5" pipe,x').rows).toEqual([['5" pipe', "x"]])
    expect(read("a,").rows).toEqual([["a", ""]])
    expect(read("a\rb").rows).toEqual([["a"], ["b"]])
  })
})

describe("file facts", () => {
  it("are its lines and bytes", () => {
    expect([linesOf(""), linesOf("a"), linesOf("a\n"), linesOf("a\nb"), linesOf("\n\n")]).toEqual([0, 1, 1, 2, 2])
    expect(factsOf("é\n")).toEqual({ lines: 1, bytes: 3 })
    expect([999, 1_000, 12_345, 999_949, 999_960, 1_500_000].map((bytes) => formatBytes(bytes, "en"))).toEqual([
      "999 B",
      "1 KB",
      "12.3 KB",
      "1000 KB",
      "1 MB",
      "1.5 MB",
    ])
    expect(formatBytes(1_500_000, "de-AT")).toBe("1,5 MB")
  })

  it("choose the viewer by file name", () => {
    expect(["a.CSV", "b.md", "c.json", "d.py", "e"].map(mediaTypeOf)).toEqual([
      "text/csv",
      "text/markdown",
      "application/json",
      "text/plain",
      "text/plain",
    ])
    expect(["d.py", "x.go", "Dockerfile", "a.log", "README"].map(languageOf)).toEqual([
      "python",
      "go",
      "dockerfile",
      null,
      null,
    ])
  })
})
