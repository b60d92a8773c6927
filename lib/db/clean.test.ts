import { expect, test } from "vitest"
import { cleanText, toJson } from "@/lib/db/clean"

test("NUL and lone surrogates are replaced, everything else is kept", () => {
  expect(cleanText("a\u0000b\ud800c 👩‍👩‍👧 \\u0000")).toBe("a\uFFFDb\uFFFDc 👩‍👩‍👧 \\u0000")
})

test("strings inside JSON are cleaned, including keys; escaped backslashes are left alone", () => {
  expect(toJson({ "k\u0000": ["x\udfffy", "\\u0000", "\\\\ud800", "😀"], gone: undefined })).toEqual({
    "k\uFFFD": ["x\uFFFDy", "\\u0000", "\\\\ud800", "😀"],
  })
})

test("runs of them are replaced one by one, even between escaped backslashes", () => {
  const text = `\\\0\0\\\\\ud800\ud801\\u0000\\${"\0".repeat(100_000)}\u0001\udc00`
  expect(toJson({ text })).toEqual({ text: cleanText(text) })
})
