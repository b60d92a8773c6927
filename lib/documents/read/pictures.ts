/** The pictures in a document, as they lie in it. */
import { picturesOfMail, picturesOfPage, picturesOfRtf } from "@/lib/documents/read/held-pictures"
import { Unreadable } from "@/lib/documents/read/unreadable"
import { Package } from "@/lib/documents/read/zip"
import type { DocumentKind } from "@/lib/documents/types"

/** Where programs put them, by kind. A book puts them anywhere. */
const PLACES: Partial<Record<DocumentKind, RegExp>> = {
  docx: /^word\/media\//,
  xlsx: /^xl\/media\//,
  pptx: /^ppt\/media\//,
  odt: /^Pictures\//,
  ods: /^Pictures\//,
  odp: /^Pictures\//,
  epub: /\.(?:png|jpe?g|gif|webp|avif|svg|tiff?|bmp)$/i,
}

/** Parts that are unpacked for one answer, and bytes of one of them. */
const MOST_PARTS = 200
const MOST_BYTES = 20_000_000

export interface PackedPicture {
  /** Of the part, without its folder. */
  name: string
  bytes: Uint8Array
}

/** Kinds that hold them within their text. */
const HELD: Partial<Record<DocumentKind, (file: Uint8Array) => PackedPicture[] | Promise<PackedPicture[]>>> = {
  html: picturesOfPage,
  eml: picturesOfMail,
  rtf: picturesOfRtf,
}

/** What lies where pictures do, in its order; of kinds without any, none. */
export async function picturesIn(kind: DocumentKind, file: Uint8Array): Promise<PackedPicture[]> {
  const held = await HELD[kind]?.(file)
  if (held) return held.filter(({ bytes: { length } }) => length > 0 && length <= MOST_BYTES).slice(0, MOST_PARTS)
  const place = PLACES[kind]
  return place ? packedIn(place, file) : []
}

/** In the order of their names (image2 before image10). */
function packedIn(place: RegExp, file: Uint8Array): PackedPicture[] {
  try {
    const parts = Package.open(file)
    const names = [...parts.parts.values()]
      .filter(({ name, size }) => place.test(name) && size > 0 && size <= MOST_BYTES)
      .map(({ name }) => name)
      .sort(inTurn.compare)
      .slice(0, MOST_PARTS)
    const wanted = new Set(names)
    const read = parts.read((name) => wanted.has(name))
    return names.flatMap((name) => {
      const bytes = read.get(name)
      return bytes ? [{ name: name.split("/").at(-1) ?? name, bytes }] : []
    })
  } catch (error) {
    // It was read before: what is too much is its pictures alone.
    if (error instanceof Unreadable) return []
    throw error
  }
}

const inTurn = new Intl.Collator("en", { numeric: true })
