import { describe, expect, it } from "vitest"
import { type HtmlNode, isOwnImage, linkForeignImages, safeLink } from "@/components/message/safe-urls"

const ID = "0198c0de-0000-7000-8000-000000000001"

describe("links of a model", () => {
  it.each(["https://example.com/a", "http://example.com", "mailto:a@example.com"])("may go to %s", (address) => {
    expect(safeLink(address)).toBe(address)
  })

  it.each([
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "/api/conversations",
    "//example.com",
    "http://",
    undefined,
  ])("may not go to %s", (address) => {
    expect(safeLink(address)).toBeNull()
  })
})

describe("pictures of a model", () => {
  it("are loaded from our own store only", () => {
    expect(isOwnImage(`/api/images/${ID}`)).toBe(true)
    expect(isOwnImage(`/api/images/${ID}?share=abc_-1`)).toBe(true)
    for (const address of [
      `https://evil.example/api/images/${ID}`,
      `//evil.example/api/images/${ID}`,
      `/api/images/${ID}/../../conversations`,
      "/api/conversations",
      "data:image/png;base64,AAAA",
      "blob:https://x/1",
    ])
      expect(isOwnImage(address), address).toBe(false)
  })

  it("from elsewhere become links with their description", () => {
    const tree: HtmlNode = {
      type: "root",
      children: [
        {
          type: "element",
          tagName: "p",
          properties: {},
          children: [
            {
              type: "element",
              tagName: "img",
              properties: { src: "https://evil.example/?q=secret", alt: "a cat", srcSet: "https://evil.example/2x" },
              children: [],
            },
            { type: "element", tagName: "img", properties: { src: "data:image/png;base64,AA" }, children: [] },
            { type: "element", tagName: "img", properties: { src: `/api/images/${ID}` }, children: [] },
          ],
        },
      ],
    }
    linkForeignImages()(tree)
    expect(tree.children?.[0]).toMatchObject({
      children: [
        {
          tagName: "a",
          properties: { href: "https://evil.example/?q=secret" },
          children: [{ type: "text", value: "a cat" }],
        },
        { tagName: "span", properties: {} },
        { tagName: "img" },
      ],
    })
  })
})
