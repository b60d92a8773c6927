import { expect, test } from "vitest"
import type { HtmlNode } from "@/components/message/markdown/html/safe-urls"
import { directBlocks, dropEmptyNotes, scopeIds } from "@/components/message/markdown/text/tidy"

const element = (tagName: string, properties: Record<string, unknown> = {}, children: HtmlNode[] = []): HtmlNode => ({
  type: "element",
  tagName,
  properties,
  children,
})
const text = (value: string): HtmlNode => ({ type: "text", value })

test("ids, what points at them and names belong to one answer; addresses elsewhere stay", () => {
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

test("the outermost blocks find their own direction, code has none to find", () => {
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

test("a note without words is dropped, and a list of such with it", () => {
  const back = element("a", { dataFootnoteBackref: "" }, [text("↩")])
  const empty = element("li", {}, [element("p", {}, [text(" "), back])])
  const written = element("li", {}, [element("p", {}, [text("Words "), back])])
  const notes = element("section", { dataFootnotes: true }, [element("ol", {}, [empty, written])])
  const none = element("section", { dataFootnotes: true }, [element("h2"), element("ol", {}, [empty])])
  dropEmptyNotes()(element("div", {}, [notes, none]))
  expect(notes.children?.[0]?.children).toEqual([written])
  expect(none.children).toEqual([])
})
