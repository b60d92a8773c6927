/** Pictures that web pages, mail, and rich text embed in their own text. */
import PostalMime from "postal-mime"
import { dataAddressesIn } from "@/lib/documents/read/data-addresses"
import { decodedHtml } from "@/lib/documents/read/html"
import { MAIL_LIMITS, pictureFilesOf } from "@/lib/documents/read/mail-files"
import type { PackedPicture } from "@/lib/documents/read/pictures"

const ENDINGS: Record<string, string> = { jpeg: "jpg", "svg+xml": "svg" }
const DATA = /^data:image\/([\w.+-]{1,40})([^,]{0,200}),/i

/** Named by position, since these pictures have no name. */
export const picturesOfHtml = (html: string): PackedPicture[] =>
  dataAddressesIn(html).flatMap((address, place) => {
    const [head = "", kind = "", said = ""] = DATA.exec(address) ?? []
    if (!head) return []
    const ending = ENDINGS[kind.toLowerCase()] ?? kind.toLowerCase()
    const bytes = bytesOf(address.slice(head.length), /;\s*base64\s*$/i.test(said))
    return bytes ? [{ name: `image${place + 1}.${ending}`, bytes }] : []
  })

function bytesOf(text: string, base64: boolean): Uint8Array | null {
  try {
    const plain = decodeURIComponent(text)
    return base64 ? Buffer.from(plain, "base64") : Buffer.from(plain)
  } catch {
    return base64 ? Buffer.from(text, "base64") : null
  }
}

export const picturesOfPage = (file: Uint8Array): PackedPicture[] => picturesOfHtml(decodedHtml(file))

/** Attached and inline files, then those embedded in its HTML. */
export async function picturesOfMail(file: Uint8Array): Promise<PackedPicture[]> {
  const mail = await PostalMime.parse(file, MAIL_LIMITS)
  return [...pictureFilesOf(mail), ...picturesOfHtml(mail.html ?? "")]
}

const MAX_OF_RTF = 200
const WORD = /\\([a-z]+)-?\d* ?/y

/** Hex-encoded pictures. Windows metafiles are only duplicates of others for old readers. */
export function picturesOfRtf(file: Uint8Array): PackedPicture[] {
  const source = new TextDecoder("latin1").decode(file)
  const pictures: PackedPicture[] = []
  for (let at = source.indexOf("\\pict"); at >= 0; at = source.indexOf("\\pict", at + 5)) {
    const picture = pictureAt(source, at)
    if (picture) pictures.push({ name: `image${pictures.length + 1}.${picture.ending}`, bytes: picture.bytes })
    if (pictures.length >= MAX_OF_RTF) break
  }
  return pictures
}

/** Reads the group that begins there: its control words, and the digits outside nested groups. */
function pictureAt(source: string, from: number): { ending: string; bytes: Uint8Array } | null {
  let ending = ""
  let begin = -1
  let at = from
  for (let depth = 0; at < source.length; at++) {
    const mark = source[at]
    if (mark === "{") depth++
    else if (mark === "}") {
      if (--depth < 0) break
    } else if (mark === "\\") {
      WORD.lastIndex = at
      const [whole = mark, word] = WORD.exec(source) ?? []
      if (depth === 0 && word === "pngblip") ending = "png"
      if (depth === 0 && word === "jpegblip") ending = "jpg"
      at += whole.length - 1
      // The digits come after all control words.
      begin = -1
    } else if (depth === 0 && begin < 0 && /[0-9a-f]/i.test(mark ?? "")) begin = at
  }
  if (!ending || begin < 0) return null
  return { ending, bytes: Buffer.from(source.slice(begin, at).replace(/[^0-9a-f]/gi, ""), "hex") }
}
