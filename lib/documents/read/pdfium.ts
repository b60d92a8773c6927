/** Renders pages of a PDF as pictures. */
import { PDFiumLibrary } from "@hyzyla/pdfium"
import sharp from "sharp"
import { Unreadable } from "@/lib/documents/read/unreadable"

let library: Promise<PDFiumLibrary> | undefined

export interface Pdfium {
  /** What is on a page, by index from 0; null if it can't be opened. */
  look(index: number): { text: string; objects: number; width: number; height: number } | null
  draw(index: number, side: number): Promise<PagePicture>
  close(): void
}

export interface PagePicture {
  jpeg: Uint8Array
  width: number
  height: number
}

const QUALITY = 82

/** Throws `Unreadable`. */
export async function openPdfium(bytes: Uint8Array, password?: string): Promise<Pdfium> {
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(bytes, password).catch((error: unknown) => {
    const locked = String(error).includes("assword")
    throw new Unreadable(locked ? (password === undefined ? "locked" : "wrong_password") : "broken", error)
  })
  return {
    look: (index) => {
      try {
        const page = document.getPage(index)
        const { originalWidth, originalHeight } = page.getOriginalSize()
        return { text: page.getText(), objects: page.getObjectCount(), width: originalWidth, height: originalHeight }
      } catch {
        return null
      }
    },
    draw: async (index, side) => {
      if (index >= document.getPageCount()) throw new RangeError(`page ${index} doesn't exist`)
      const page = document.getPage(index)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const scale = side / Math.max(originalWidth, originalHeight, 1)
      const [width, height] = [originalWidth, originalHeight].map((length) => Math.max(1, Math.round(length * scale)))
      const drawn = await page.render({ width, height, render: "bitmap", renderFormFields: true })
      const raw = { width: drawn.width, height: drawn.height, channels: 4 } as const
      const jpeg = await sharp(drawn.data, { raw }).removeAlpha().jpeg({ quality: QUALITY }).toBuffer()
      return { jpeg: new Uint8Array(jpeg), width: drawn.width, height: drawn.height }
    },
    close: () => document.destroy(),
  }
}

/** Pages (from 1) as JPEGs, `side` pixels on the long side. Null for those that can't be rendered. */
export async function drawPages(
  bytes: Uint8Array,
  numbers: number[],
  side: number,
  password?: string,
): Promise<(PagePicture | null)[]> {
  const pdfium = await openPdfium(bytes, password)
  try {
    const drawn: (PagePicture | null)[] = []
    for (const number of numbers) drawn.push(await pdfium.draw(number - 1, side).catch(() => null))
    return drawn
  } finally {
    pdfium.close()
  }
}
