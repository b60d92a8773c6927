import { expect, test } from "vitest"
import { imageFormatOf, isText } from "@/lib/images/decode/format"

const box = (...brands: string[]) => {
  const [main = "", ...others] = brands
  const body = `ftyp${main}\0\0\0\0${others.join("")}`
  return Buffer.from(`\0\0\0${String.fromCharCode(body.length + 4)}${body}rest of the file avif heic`, "latin1")
}

test.each([
  [box("avif", "mif1", "miaf"), "avif"],
  [box("mif1", "miaf", "avif"), "avif"],
  [box("heic", "mif1", "heic"), "heic"],
  [box("mif1", "heic"), "heic"],
  [box("isom", "mp41"), null],
  [Buffer.from("\0\0\0\0ftyp"), null],
  [Buffer.from("RIFF\x10\0\0\0WAVE", "latin1"), null],
  [Buffer.from("BMW is a car maker, not a bitmap"), null],
  [Buffer.alloc(0), null],
])("a container is identified by its brands: %j", (bytes, format) => {
  expect(imageFormatOf(bytes)).toBe(format)
})

test("text is recognized even if the sample ends inside a character", () => {
  expect(isText(Buffer.from(`${"x".repeat(4_095)}ü and on`))).toBe(true)
  expect(isText(Buffer.from("caf\xe9 latte", "latin1"))).toBe(false)
  expect(isText(Buffer.from("a\0b"))).toBe(false)
})
