/** Books: their chapters in reading order. */
import { markdownOf } from "@/lib/documents/read/html"
import { Unreadable } from "@/lib/documents/read/unreadable"
import { allOf, parseXml, textIn } from "@/lib/documents/read/xml"
import type { Package } from "@/lib/documents/read/zip"
import type { ReadDocument, ReadPage } from "@/lib/documents/types"

export function readEpub(parts: Package): ReadDocument {
  const container = parts.text("META-INF/container.xml")
  if (container === null) throw new Unreadable("broken")
  if (parts.text("META-INF/encryption.xml")?.includes("EncryptedData") && parts.has("META-INF/rights.xml"))
    throw new Unreadable("encrypted")
  const [root] = allOf(parseXml(container), "rootfile")
  const path = root?.attributes["full-path"] ?? ""
  const packed = parts.text(path)
  if (packed === null) throw new Unreadable("broken")
  const book = parseXml(packed)
  const folder = path.slice(0, path.lastIndexOf("/") + 1)
  const items = new Map([...allOf(book, "item")].map(({ attributes: { id = "", href = "" } }) => [id, href] as const))
  const chapters = [...allOf(book, "itemref")].flatMap(({ attributes: { idref = "" } }) => {
    const href = items.get(idref)
    return href === undefined ? [] : [resolved(folder, href)]
  })
  const read = parts.read((name) => chapters.includes(name))
  let images = 0
  const pages: ReadPage[] = []
  for (const name of chapters) {
    const bytes = read.get(name)
    if (!bytes) continue
    const html = new TextDecoder().decode(bytes)
    const chapter = markdownOf(html)
    images += chapter.images
    if (chapter.text) pages.push({ ...nameOf(chapter.text, html), text: chapter.text })
  }
  const [title] = allOf(book, "title")
  return {
    title: title && textIn(title).trim().slice(0, 300),
    pages,
    notes: images > 0 ? [{ note: "images", count: images }] : [],
  }
}

/** A chapter's first heading, else its title. */
function nameOf(text: string, html: string): { name?: string } {
  const name = /^#{1,3} (.{1,120})$/m.exec(text)?.[1] ?? /<title[^>]*>([^<]{1,120})/i.exec(html)?.[1]
  return name?.trim() ? { name: name.trim() } : {}
}

/** Resolves a reference in one of the package's folders to an entry name. */
function resolved(folder: string, href: string): string {
  const path: string[] = []
  for (const step of `${folder}${decoded(href.split("#")[0] ?? "")}`.split("/")) {
    if (step === "..") path.pop()
    else if (step !== ".") path.push(step)
  }
  return path.join("/")
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}
