/** PDFs generated for tests: each kind that users bring, and each malicious kind. */
import { createCipheriv, createHash, randomBytes } from "node:crypto"
import { degrees, PDFDocument, type PDFPage, StandardFonts } from "pdf-lib"
import sharp from "sharp"

const A4: [number, number] = [595, 842]

const saved = async (document: PDFDocument) => document.save({ useObjectStreams: false })

/** Writes lines downward from a position. */
function write(page: PDFPage, lines: string[], { x = 50, y = 780, size = 11, step = 14 } = {}): void {
  for (const [at, line] of lines.entries()) page.drawText(line, { x, y: y - at * step, size })
}

/** Pages, each with a heading and `lines` lines of its own. */
export async function plainPdf(pages = 1, lines = 10): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let number = 1; number <= pages; number++) {
    const page = document.addPage(A4)
    page.setFont(font)
    page.drawText(`Chapter ${number}`, { x: 50, y: 800, size: 22 })
    write(
      page,
      Array.from({ length: lines }, (_, at) => `Line ${at + 1} of page ${number} says the word${number}.`),
      { y: 760 },
    )
  }
  return saved(document)
}

export const LEFT = Array.from({ length: 12 }, (_, at) => `left column says number ${at + 1}`)
export const RIGHT = Array.from({ length: 12 }, (_, at) => `right column tells number ${at + 1}`)

/** A title above two columns, drawn line by line across both. */
export async function columnsPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage(A4)
  page.drawText("A title that lies across the two columns of it", { x: 50, y: 800, size: 20 })
  for (const [at, line] of LEFT.entries()) {
    page.drawText(line, { x: 50, y: 760 - at * 14, size: 10 })
    page.drawText(RIGHT[at] ?? "", { x: 310, y: 760 - at * 14, size: 10 })
  }
  return saved(document)
}

/** A page of sideways text, upright through its `Rotate`. */
export async function rotatedPdf(turn: 90 | 180 | 270): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([842, 595])
  page.setRotation(degrees(turn))
  const lines = ["First line of the turned page", "Second line of the turned page", "Third line of the turned page"]
  // Drawn so that it reads left to right once the page is rotated.
  for (const [at, line] of lines.entries()) {
    const down = 60 + at * 20
    const place =
      turn === 90
        ? { x: down, y: 50, rotate: degrees(90) }
        : turn === 180
          ? { x: 792, y: down, rotate: degrees(180) }
          : { x: 842 - down, y: 545, rotate: degrees(270) }
    page.drawText(line, { ...place, size: 12 })
  }
  return saved(document)
}

/** A scanned page after a text page. */
export async function scannedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  write(document.addPage(A4), ["This page has words, the next one is a scan."])
  // Red on the left, white on the right.
  const pixels = Buffer.from(
    Array.from({ length: 60 * 80 }, (_, at) => (at % 60 < 30 ? [255, 0, 0] : [255, 255, 255])).flat(),
  )
  const scan = sharp(pixels, { raw: { width: 60, height: 80, channels: 3 } })
  const picture = await document.embedJpg(await scan.resize(600, 800, { kernel: "nearest" }).jpeg().toBuffer())
  document.addPage([600, 800]).drawImage(picture, { x: 0, y: 0, width: 600, height: 800 })
  // An empty page.
  document.addPage([600, 800])
  return saved(document)
}

export async function formPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage(A4)
  write(page, ["Please fill in this form, all of it."])
  const form = document.getForm()
  const field = form.createTextField("person.name")
  field.setText("Jane Q. Public")
  field.addToPage(page, { x: 50, y: 700, width: 200, height: 20 })
  const box = form.createCheckBox("agrees")
  box.addToPage(page, { x: 50, y: 650, width: 20, height: 20 })
  box.check()
  const other = form.createCheckBox("pays")
  other.addToPage(page, { x: 50, y: 600, width: 20, height: 20 })
  return saved(document)
}

/** With JavaScript and an attachment. */
export async function busyPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  write(document.addPage(A4), ["This one has a program and a file in it."])
  document.addJavaScript("main", "app.alert('run')")
  await document.attach(new Uint8Array([77, 90, 0]), "setup.exe", { mimeType: "application/x-msdownload" })
  return saved(document)
}

const PADDING = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex")

const md5 = (...bytes: Uint8Array[]): Buffer<ArrayBuffer> =>
  Buffer.from(createHash("md5").update(Buffer.concat(bytes)).digest())

/** RC4 by hand: OpenSSL 3 no longer provides it. */
function rc4(key: Uint8Array, data: Uint8Array): Buffer<ArrayBuffer> {
  const s = Array.from({ length: 256 }, (_, at) => at)
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (s[i] ?? 0) + (key[i % key.length] ?? 0)) & 255
    ;[s[i], s[j]] = [s[j] ?? 0, s[i] ?? 0]
  }
  let [i, j] = [0, 0]
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255
      j = (j + (s[i] ?? 0)) & 255
      ;[s[i], s[j]] = [s[j] ?? 0, s[i] ?? 0]
      return byte ^ (s[((s[i] ?? 0) + (s[j] ?? 0)) & 255] ?? 0)
    }),
  )
}

/** A text page, encrypted by the standard security handler (128 bits, AES, revision 4; PDF 1.7, 7.6.3). */
export function encryptedPdf(
  password: string,
  text = "These words are secret to whoever has no password.",
): Uint8Array {
  const id = randomBytes(16)
  const padded = (word: string) => Buffer.concat([Buffer.from(word, "latin1"), PADDING]).subarray(0, 32)
  let owner = md5(padded(password))
  for (let at = 0; at < 50; at++) owner = md5(owner)
  let o = padded(password)
  for (let at = 0; at < 20; at++) o = rc4(Buffer.from(owner.map((byte) => byte ^ at)), o)
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(-4)
  let key = md5(padded(password), o, permissions, id)
  for (let at = 0; at < 50; at++) key = md5(key)
  let u = md5(PADDING, id)
  for (let at = 0; at < 20; at++) u = rc4(Buffer.from(key.map((byte) => byte ^ at)), u)
  const ofObject = (number: number) => md5(key, Buffer.from([number, 0, 0, 0, 0]), Buffer.from("sAlT"))
  const encrypt = (number: number, data: Buffer) => {
    const iv = randomBytes(16)
    const cipher = createCipheriv("aes-128-cbc", ofObject(number), iv)
    return Buffer.concat([iv, cipher.update(data), cipher.final()])
  }
  const content = encrypt(4, Buffer.from(`BT /F1 12 Tf 50 700 Td (${text}) Tj ET`))
  const hex = (bytes: Buffer) => `<${bytes.toString("hex")}>`
  const objects = [
    Buffer.from("<</Type/Catalog/Pages 2 0 R>>"),
    Buffer.from("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
    Buffer.from("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"),
    Buffer.concat([Buffer.from(`<</Length ${content.length}>>stream\n`), content, Buffer.from("\nendstream")]),
    Buffer.from("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    Buffer.from(
      `<</Filter/Standard/V 4/R 4/Length 128/P -4/O ${hex(o)}/U ${hex(Buffer.concat([u.subarray(0, 16), Buffer.alloc(16)]))}` +
        "/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV2/Length 16>>>>/StmF/StdCF/StrF/StdCF>>",
    ),
  ]
  return assembled(objects, `/Root 1 0 R/Encrypt 6 0 R/ID[${hex(id)}${hex(id)}]`)
}

/** A PDF with these objects, numbered from 1. */
export function assembled(objects: Buffer[], trailer = "/Root 1 0 R"): Uint8Array {
  const pieces = [Buffer.from("%PDF-1.7\n")]
  let at = pieces[0]?.length ?? 0
  const places = objects.map((object, index) => {
    const place = at
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")])
    pieces.push(piece)
    at += piece.length
    return place
  })
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")
  const size = objects.length + 1
  pieces.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}${trailer}>>\nstartxref\n${at}\n%%EOF`,
    ),
  )
  return new Uint8Array(Buffer.concat(pieces))
}
