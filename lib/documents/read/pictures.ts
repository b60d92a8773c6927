/** Extracts the pictures embedded in a document. */
import { picturesOfMail, picturesOfPage, picturesOfRtf } from "@/lib/documents/read/held-pictures"
import { Unreadable } from "@/lib/documents/read/unreadable"
import { Package } from "@/lib/documents/read/zip"
import type { DocumentKind } from "@/lib/documents/types"

/** Where applications store them, by kind. Books store them anywhere. */
const PLACES: Partial<Record<DocumentKind, RegExp>> = {
  docx: /^word\/media\//,
  xlsx: /^xl\/media\//,
  pptx: /^ppt\/media\//,
  odt: /^Pictures\//,
  ods: /^Pictures\//,
  odp: /^Pictures\//,
  epub: /\.(?:png|jpe?g|gif|webp|avif|svg|tiff?|bmp)$/i,
}

/** Maximum number of parts unpacked for one response, and maximum size in bytes of one part. */
const MAX_PARTS = 200
const MAX_BYTES = 20_000_000

export interface PackedPicture {
  /** The part's name, without its folder. */
  name: string
  bytes: Uint8Array
}

/** Kinds that embed pictures in their text. */
const HELD: Partial<Record<DocumentKind, (file: Uint8Array) => PackedPicture[] | Promise<PackedPicture[]>>> = {
  html: picturesOfPage,
  eml: picturesOfMail,
  rtf: picturesOfRtf,
}

/** The pictures of a document, in order; none for kinds without pictures. */
export async function picturesIn(kind: DocumentKind, file: Uint8Array): Promise<PackedPicture[]> {
  const held = await HELD[kind]?.(file)
  if (held) return held.filter(({ bytes: { length } }) => length > 0 && length <= MAX_BYTES).slice(0, MAX_PARTS)
  const place = PLACES[kind]
  return place ? packedIn(place, file) : []
}

/** In the order of their names (image2 before image10). */
function packedIn(place: RegExp, file: Uint8Array): PackedPicture[] {
  try {
    const parts = Package.open(file)
    const names = [...parts.parts.values()]
      .filter(({ name, size }) => place.test(name) && size > 0 && size <= MAX_BYTES)
      .map(({ name }) => name)
      .sort(inTurn.compare)
      .slice(0, MAX_PARTS)
    const wanted = new Set(names)
    const read = parts.read((name) => wanted.has(name))
    return names.flatMap((name) => {
      const bytes = read.get(name)
      return bytes ? [{ name: name.split("/").at(-1) ?? name, bytes }] : []
    })
  } catch (error) {
    // The document was read before, so only its pictures are over the limits.
    if (error instanceof Unreadable) return []
    throw error
  }
}

const inTurn = new Intl.Collator("en", { numeric: true })
