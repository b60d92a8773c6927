import { expect, test } from "vitest"
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"
import { directBlocks, removeEmptyFootnotes, scopeIds } from "@/components/message/markdown/text/tidy"

const element = (tagName: string, properties: Record<string, unknown> = {}, children: HtmlNode[] = []): HtmlNode => ({
  type: "element",
  tagName,
  properties,
  children,
})
const text = (value: string): HtmlNode => ({ type: "text", value })

test("ids, references to them and names are scoped to one answer; external URLs are unchanged", () => {
  const reference = element("a", { id: "fnref-1", href: "#fn-1", ariaDescribedBy: ["footnote-label"] })
  const link = element("a", { href: "https://example.org/#fn-1", name: "conversation" })
  scopeIds({ prefix: "m1-" })(element("div", {}, [reference, link]))
  expect(reference.properties).toEqual({
    id: "m1-fnref-1",
    href: "#m1-fn-1",
    ariaDescribedBy: ["m1-footnote-label"],
  })
  expect(link.properties).toEqual({ href: "https://example.org/#fn-1", name: "m1-conversation" })
})

test("outermost blocks detect their text direction, code does not", () => {
  const inner = element("p")
  const item = element("li", {}, [inner])
  const list = element("ul", {}, [item])
  const code = element("pre", {}, [element("code", {}, [element("p")])])
  const paragraph = element("p")
  directBlocks()(element("div", {}, [list, code, element("section", {}, [paragraph])]))
  expect(list.properties?.dir).toBe("auto")
  expect(paragraph.properties?.dir).toBe("auto")
  expect([inner, item, code].map(({ properties }) => properties?.dir)).toEqual([undefined, undefined, undefined])
})

test("an empty footnote is dropped, as is a list of only empty ones", () => {
  const back = element("a", { dataFootnoteBackref: "" }, [text("↩")])
  const empty = element("li", {}, [element("p", {}, [text(" "), back])])
  const written = element("li", {}, [element("p", {}, [text("Words "), back])])
  const notes = element("section", { dataFootnotes: true }, [element("ol", {}, [empty, written])])
  const none = element("section", { dataFootnotes: true }, [element("h2"), element("ol", {}, [empty])])
  removeEmptyFootnotes()(element("div", {}, [notes, none]))
  expect(notes.children?.[0]?.children).toEqual([written])
  expect(none.children).toEqual([])
})
