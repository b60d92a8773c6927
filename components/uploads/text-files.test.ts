import { describe, expect, it } from "vitest"
import { readFile } from "@/components/uploads/text-files"
import { decodeText, textFileName } from "@/lib/messages/text-bytes"

const utf8 = (text: string) => new TextEncoder().encode(text)
const file = (content: Uint8Array<ArrayBuffer> | string, name = "a.txt", type = "") =>
  new File([content], name, { type })

describe("bytes are recognized as text", () => {
  it.each([
    ["UTF-8", utf8("Grüße, 漢字 🎇\r\n"), "Grüße, 漢字 🎇\r\n"],
    ["UTF-8 with a byte order mark", new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), "a"],
    ["UTF-16, little-endian", new Uint8Array([0xff, 0xfe, 0x61, 0, 0xfc, 0]), "aü"],
    ["UTF-16, big-endian", new Uint8Array([0xfe, 0xff, 0, 0x61, 0, 0xfc]), "aü"],
  ])("in %s", (_, bytes, text) => expect(decodeText(bytes)).toEqual({ text, fault: null }))

  it.each([
    ["a NUL", utf8("a\0b"), "binary"],
    ["a NUL in UTF-16", new Uint8Array([0xff, 0xfe, 0, 0]), "binary"],
    ["invalid UTF-8", new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65]), "encoding"],
    ["an unpaired UTF-16 surrogate", new Uint8Array([0xff, 0xfe, 0x3d, 0xd8]), "encoding"],
    ["an ASCII-only PDF", utf8("%PDF-1.4\n1 0 obj"), "binary"],
  ])("but not with %s", (_, bytes, fault) => expect(decodeText(bytes)).toEqual({ text: null, fault }))

  it("when only their end is truncated", () => {
    expect(decodeText(utf8("aü").subarray(0, 2), true)).toEqual({ text: "a", fault: null })
    expect(decodeText(utf8("aü").subarray(0, 2)).fault).toBe("encoding")
  })
})

describe("text file", () => {
  it("is recognized regardless of its name, and keeps every character", async () => {
    const text = `${"é".repeat(3_000)}\r\nend`
    expect(await readFile(file(text, "photo.bin"), 10_000)).toEqual({
      kind: "text",
      file: { name: "photo.bin", mediaType: "text/plain", text },
    })
  })

  it.each([
    ["an image", file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), "x.csv"), { kind: "other" }],
    ["a PDF", file("%PDF-1.4\n1 0 obj"), { kind: "other" }],
    ["rich text", file("{\\rtf1\\ansi Hello}"), { kind: "other" }],
    ["e-mail", file("From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n\r\nHello"), { kind: "other" }],
    ["a large web page", file(`<!DOCTYPE html><p>${"x".repeat(1_001)}`), { kind: "other" }],
    ["bytes of an unknown type", file(new Uint8Array([0, 1, 2])), { kind: "other" }],
    ["empty", file(""), { kind: "failed", reason: "empty" }],
    ["too much", file("x".repeat(1_001)), { kind: "failed", reason: "tooLarge" }],
    ["far too much", file("x".repeat(900_000)), { kind: "failed", reason: "tooLarge" }],
    ["a table in an old encoding", file(new Uint8Array([0xfc]), "x.csv"), { kind: "failed", reason: "notUtf8" }],
    ["data after text", file(`${"x".repeat(5_000)}\0`), { kind: "failed", reason: "tooLarge" }],
  ])("containing %s", async (_, given, read) => expect(await readFile(given, 1_000)).toEqual(read))

  it("is rejected when binary data follows or it can't be read", async () => {
    expect(await readFile(file(`${"x".repeat(5_000)}\0`), 10_000)).toEqual({ kind: "failed", reason: "notText" })
    const folder = file("x")
    folder.slice = () => {
      throw new Error("a folder")
    }
    expect(await readFile(folder, 10)).toEqual({ kind: "failed", reason: "unreadable" })
  })

  it("has a single-line name", () => {
    expect(textFileName("a\nb\u2028.csv")).toBe("a b .csv")
    expect(textFileName("\0")).toBe("file.txt")
    expect(textFileName("a".repeat(300))).toHaveLength(255)
  })
})
