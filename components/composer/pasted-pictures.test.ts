import { describe, expect, it } from "vitest"
import { addressesIn } from "@/components/composer/pasted-pictures"

describe("pasted image URLs are recognized", () => {
  it.each([
    "https://example.test/cat.jpg",
    "https://example.test/cat.JPEG?w=900#top",
    "https://images.example.test/photo-1?auto=compress&format=webp",
    " https://example.test/a.png\nhttps://example.test/b.heic ",
  ])("%j", (text) => expect(addressesIn(text)).toEqual(text.trim().split(/\s+/)))

  it.each([
    "",
    "see https://example.test/cat.jpg",
    "http://example.test/cat.jpg",
    "https://example.test/page.html",
    "https://example.test/?q=cat.jpg",
    "javascript:alert(1)//.png",
    "https://",
    "https://example.test/cat.jpg ".repeat(31),
  ])("not recognized: %j", (text) => expect(addressesIn(text)).toEqual([]))
})
