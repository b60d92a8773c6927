/** Creates the worst-case documents in a separate process, so that creating them isn't measured. */
import { strToU8, zipSync } from "fflate"
import { bombFile, docxFile, misreportedSizeFile, withParts, xlsxFile } from "@/lib/documents/read/office.fixture"
import { plainPdf } from "@/lib/documents/read/pdf.fixture"
import { serve } from "@/lib/work/serve"

/** A paragraph in a Word document, about 100 bytes. */
const PARAGRAPH = `<w:p><w:r><w:t>${"word ".repeat(10)}</w:t></w:r></w:p>`

const MADE: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  bomb: () => bombFile(40),
  lies: () => misreportedSizeFile(40),
  words: async () => {
    const body = PARAGRAPH.repeat(20_000_000 / PARAGRAPH.length)
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
    return withParts(await docxFile(), { "word/document.xml": strToU8(xml) })
  },
  rows: () => xlsxFile({ rows: 50_000 }),
  pages: () => plainPdf(500, 15),
  parts: () =>
    zipSync(Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`${at}.xhtml`, new Uint8Array([65])]))),
}

serve({ make: async () => (name: string) => MADE[name]?.() })
