/** Word documents: headings, lists, tables and footnotes as Markdown. */
import mammoth from "mammoth"
import { markdownOf } from "@/lib/documents/read/html"
import { piecesOf } from "@/lib/documents/read/pages"
import type { Package } from "@/lib/documents/read/zip"
import type { DocumentNote, ReadDocument } from "@/lib/documents/types"

/** Text and formatting parts: neither images nor macros. */
const TEXT_PART = /^(?:\[Content_Types\]\.xml|_rels\/.*|word\/(?:_rels\/)?[^/]+\.(?:xml|rels))$/

export async function readDocx(parts: Package): Promise<ReadDocument> {
  const { value } = await mammoth.convertToHtml(
    { buffer: parts.only((name) => TEXT_PART.test(name)) },
    { convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
  )
  return { pages: piecesOf(markdownOf(value).text), notes: officeNotes(parts, /^word\/media\//) }
}

/** What an office file contains besides its text. */
export function officeNotes(parts: Package, media: RegExp): DocumentNote[] {
  const names = [...parts.parts.keys()]
  const count = names.filter((name) => media.test(name)).length
  const embedded = names.flatMap((name) => /\/embeddings\/([^/]+)$/.exec(name)?.[1] ?? [])
  return [
    ...(names.some((name) => /vbaProject\.bin$|^Basic\/|^Scripts\//.test(name)) ? [{ note: "macros" } as const] : []),
    ...(embedded.length > 0 ? [{ note: "attachments", names: embedded.slice(0, 50) } as const] : []),
    ...(count > 0 ? [{ note: "images", count } as const] : []),
  ]
}
