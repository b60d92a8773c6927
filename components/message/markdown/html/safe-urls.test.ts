import { describe, expect, it } from "vitest"
import {
  type HtmlNode,
  isAppImage,
  isAppRoute,
  linkExternalImages,
  safeLink,
} from "@/components/message/markdown/html/safe-urls"

const ID = "0198c0de-0000-7000-8000-000000000001"

describe("links from a model", () => {
  it.each([
    "https://example.com/a",
    "http://example.com",
    "HTTPS://Example.com/?a=b c",
    "https://例え.jp/パス",
    "mailto:a@example.com",
    "tel:+15551234",
  ])("may point to %s", (address) => {
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
    "/\\example.com",
    "\\\\example.com",
    "http://",
    "http:/api/auth/signout",
    "http:api/auth/signout",
    "https:/example.com",
    "https:example.com",
    "http:\\\\example.com",
    "http:/\\example.com",
    "http:///example.com",
    "http://\\example.com",
    "ht\ntp://example.com",
    "http:\t//example.com",
    "http:/\n/api/auth/signout",
    "https://exam\tple.com",
    " https://example.com",
    "api/auth/signout",
    "?a=b",
    "blob:https://example.com/1",
    "ftp://example.com",
    "streamdown:x",
    undefined,
  ])("may not point to %s", (address) => {
    expect(safeLink(address)).toBeNull()
  })

  it("may point to the app's conversations, but to none of its other routes", () => {
    const origin = "https://chat.example"
    for (const address of [`${origin}/c/${ID}?message=1`, `${origin}/share/abc-_1`, "https://other.example/api/x"])
      expect(isAppRoute(address, origin), address).toBe(false)
    for (const address of [
      `${origin}/api/auth/signout`,
      `${origin}/c/../api/auth/signout`,
      "HTTPS://CHAT.example:443\\api\\auth",
      `${origin}/c/%2e%2e/api`,
      `${origin}/`,
      `https://user@chat.example/api`,
    ])
      expect(isAppRoute(address, origin), address).toBe(true)
  })
})

describe("images from a model", () => {
  it("are loaded from the app's own storage only", () => {
    expect(isAppImage(`/api/images/${ID}`)).toBe(true)
    expect(isAppImage(`/api/images/${ID}?share=abc_-1`)).toBe(true)
    for (const address of [
      `https://evil.example/api/images/${ID}`,
      `//evil.example/api/images/${ID}`,
      `/api/images/${ID}/../../conversations`,
      "/api/conversations",
      "data:image/png;base64,AAAA",
      "blob:https://x/1",
    ])
      expect(isAppImage(address), address).toBe(false)
  })

  it("from other origins become links with their description", () => {
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
    linkExternalImages()(tree)
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
