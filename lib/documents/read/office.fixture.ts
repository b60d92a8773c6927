/** Office files and books generated for tests. */
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx"
import { strToU8, unzipSync, type Zippable, zipSync } from "fflate"

/** The file's type is the first part, uncompressed; the others are compressed. */
function zip(parts: Record<string, string | Uint8Array>): Uint8Array {
  const packed: Zippable = {}
  for (const [name, part] of Object.entries(parts))
    packed[name] = [typeof part === "string" ? strToU8(part) : part, { level: name === "mimetype" ? 0 : 6 }]
  return zipSync(packed)
}

/** The same file with additional parts. */
export const withParts = (file: Uint8Array, parts: Record<string, Uint8Array>): Uint8Array =>
  zip({ ...unzipSync(file), ...parts })

export async function docxFile(paragraphs = 1): Promise<Uint8Array> {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] })
  const row = (...cells: string[]) => new TableRow({ children: cells.map(cell) })
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: "Report on birds", heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ children: [new TextRun("They are "), new TextRun({ text: "many", bold: true })] }),
          new Table({ rows: [row("Bird", "Count"), row("Owl | barn", "3"), row("Lark", "14")] }),
          new Paragraph({ text: "What follows", heading: HeadingLevel.HEADING_2 }),
          ...Array.from({ length: paragraphs }, (_, at) => new Paragraph(`Paragraph number ${at + 1} is here.`)),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`
const RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const relations = (...all: [id: string, type: string, target: string][]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELS}/${type}" Target="${target}"/>`).join("")}</Relationships>`

/** Two sheets; a date, numbers, a text with a line break. `rows`: rows of the first sheet. */
export function xlsxFile({ rows = 2, macros = false } = {}): Uint8Array {
  const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const body = Array.from(
    { length: rows },
    (_, at) =>
      `<row r="${at + 2}">${cell(`A${at + 2}`, `City ${at + 1}`)}<c r="B${at + 2}"><v>${at + 0.5}</v></c><c r="C${at + 2}" s="1"><v>45658</v></c></row>`,
  )
  return zip({
    "[Content_Types].xml": TYPES,
    "_rels/.rels": relations(["r1", "officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `<workbook ${ns} xmlns:r="${RELS}"><sheets><sheet name="Cities" sheetId="1" r:id="r1"/><sheet name="Notes" sheetId="2" r:id="r2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      ["r1", "worksheet", "worksheets/sheet1.xml"],
      ["r2", "worksheet", "worksheets/sheet2.xml"],
      ["r3", "styles", "styles.xml"],
    ),
    "xl/styles.xml": `<styleSheet ${ns}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": `<worksheet ${ns}><sheetData><row r="1">${cell("A1", "Name")}${cell("B1", "Size")}${cell("C1", "Since")}</row>${body.join("")}</sheetData></worksheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet ${ns}><sheetData><row r="1">${cell("A1", "Only a note")}</row></sheetData></worksheet>`,
    ...(macros && { "xl/vbaProject.bin": new Uint8Array([1, 2, 3]) }),
  })
}

export function pptxFile(): Uint8Array {
  const ns = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${RELS}"`
  const lines = (...texts: [string, number?][]) =>
    texts
      .map(([text, level]) => `<a:p>${level ? `<a:pPr lvl="${level}"/>` : ""}<a:r><a:t>${text}</a:t></a:r></a:p>`)
      .join("")
  const shape = (type: string, body: string) =>
    `<p:sp><p:nvSpPr><p:nvPr>${type ? `<p:ph type="${type}"/>` : ""}</p:nvPr></p:nvSpPr><p:txBody>${body}</p:txBody></p:sp>`
  const slide = (...shapes: string[]) => `<p:sld ${ns}><p:cSld><p:spTree>${shapes.join("")}</p:spTree></p:cSld></p:sld>`
  const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>${lines(["Year"])}</a:txBody></a:tc><a:tc><a:txBody>${lines(["Sum"])}</a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody>${lines(["2026"])}</a:txBody></a:tc><a:tc><a:txBody>${lines(["7"])}</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
  return zip({
    "[Content_Types].xml": TYPES,
    // The slide order differs from the file order, and `r:id` may come before `id`.
    "ppt/presentation.xml": `<p:presentation ${ns}><p:sldIdLst><p:sldId r:id="r2" id="256"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relations(
      ["r1", "slide", "slides/slide1.xml"],
      ["r2", "slide", "slides/slide2.xml"],
    ),
    "ppt/slides/slide1.xml": slide(shape("title", lines(["The second"])), table),
    "ppt/slides/slide2.xml": slide(
      shape("body", lines(["Point"], ["Below", 1])),
      shape("title", lines(["The first"])),
      shape("sldNum", lines(["1"])),
    ),
    "ppt/slides/_rels/slide2.xml.rels": relations(["n1", "notesSlide", "../notesSlides/notesSlide1.xml"]),
    "ppt/notesSlides/notesSlide1.xml": `<p:notes ${ns}><p:cSld><p:spTree>${shape("body", lines(["Say hello"]))}${shape("sldNum", lines(["1"]))}</p:spTree></p:cSld></p:notes>`,
    "ppt/media/image1.png": new Uint8Array([1]),
  })
}

const ODF = ["office", "text", "table", "draw", "presentation"]
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(" ")

export function odfFile(kind: "text" | "spreadsheet" | "presentation", more: Record<string, string> = {}): Uint8Array {
  const bodies = {
    text: `<text:h text:outline-level="1">A letter</text:h><text:p>Dear<text:s text:c="2"/>all,<text:note><text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deeper</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>k</text:p></table:table-cell><table:table-cell><text:p>v</text:p></table:table-cell></table:table-row></table:table>`,
    spreadsheet: `<table:table table:name="Costs"><table:table-row><table:table-cell><text:p>Item</text:p></table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row><table:table-cell><text:p>Tea</text:p></table:table-cell><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`,
    presentation: `<draw:page draw:name="page1"><draw:frame presentation:class="title"><draw:text-box><text:p>Welcome</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>All of you</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>smile</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>`,
  }
  return zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "content.xml": `<?xml version="1.0"?><office:document-content ${ODF}><office:body><office:${kind}>${bodies[kind]}</office:${kind}></office:body></office:document-content>`,
    "META-INF/manifest.xml": "<manifest/>",
    ...more,
  })
}

export function epubFile(): Uint8Array {
  const chapter = (title: string, text: string) =>
    `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title><script>alert(1)</script></head><body><h1>${title}</h1><p>${text}</p></body></html>`
  return zip({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    "OEBPS/book.opf": `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A book</dc:title></metadata><manifest><item id="b" href="text/two.xhtml"/><item id="a" href="text/one%20a.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`,
    "OEBPS/text/two.xhtml": chapter("The end", "All is <em>over</em>."),
    "OEBPS/text/one a.xhtml": chapter("The beginning", "It was night."),
  })
}

export const RTF = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}{\*\generator Word;}{\info{\title Hidden title}}
\pard\outlinelevel0 Caf\'e9 report\par
\pard Dash \emdash  and \u8364? sign. {\v hidden}{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par
\trowd Name\cell Age\cell\row\trowd Ann\cell 30\cell\row
\pard{\pict\pngblip 89504e47}The {\b bold} end.\par}`

export const EML = [
  "Return-Path: <ann@firm.test>",
  "From: =?utf-8?q?Ann_M=C3=BCller?= <ann@firm.test>",
  "To: Bob <bob@firm.test>",
  "Subject: =?utf-8?b?R3LDvMOfZQ==?= from Ann",
  "Date: Sun, 29 Nov 2026 10:00:00 +0000",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Hello <b>Bob</b>,</p><ul><li>one</li></ul><script>alert(1)</script>",
  "--b",
  'Content-Type: application/zip; name="plan.zip"',
  'Content-Disposition: attachment; filename="plan.zip"',
  "Content-Transfer-Encoding: base64",
  "",
  "UEsDBA==",
  "--b--",
  "",
].join("\r\n")

export const HTML = `<!-- saved --><!DOCTYPE html><html><head><title>Prices &amp; more</title><style>p{}</style></head><body><h2>Fruit</h2><table><tr><th>Kind</th><th>Price</th></tr><tr><td>Apple</td><td>2</td></tr></table><script>steal()</script><p>See <a href="https://example.com/">the list</a>.</p><img src="https://tracker.example/x.png"></body></html>`

/** A part that unpacks to `megabytes` of one letter. */
export const bombFile = (megabytes: number): Uint8Array =>
  zip({ "[Content_Types].xml": TYPES, "word/document.xml": new Uint8Array(megabytes * 1_000_000).fill(65) })

/** A docx whose directory understates the size of its text. */
export function misreportedSizeFile(megabytes: number): Uint8Array {
  const bytes = Buffer.from(bombFile(megabytes))
  const size = megabytes * 1_000_000
  const needle = Buffer.alloc(4)
  needle.writeUInt32LE(size)
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 4)) bytes.writeUInt32LE(1_000, at)
  return new Uint8Array(bytes)
}

/**
 * A mail with an inline picture, one attached under another type, one embedded in its HTML, and a file that isn't a
 * picture.
 */
export const pictureMail = ([inline, attached, within]: Uint8Array[]): string => {
  const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("base64")
  const part = (head: string[], body: string) => ["--b", ...head, "", body]
  const file = (type: string, more: string[], bytes: Uint8Array | undefined) =>
    part([`Content-Type: ${type}`, "Content-Transfer-Encoding: base64", ...more], base64(bytes))
  return [
    ...["From: Ann <ann@firm.test>", "To: Bob <bob@firm.test>", "Subject: Photos", "MIME-Version: 1.0"],
    ...["Date: Sun, 29 Nov 2026 10:00:00 +0000", 'Content-Type: multipart/related; boundary="b"', ""],
    ...part(
      ["Content-Type: text/html"],
      `<p>Look</p><img src="cid:1"><img src="data:image/png;base64,${base64(within)}"><img src="https://x.test/y.png">`,
    ),
    ...file("image/png", ["Content-ID: <1>", "Content-Disposition: inline"], inline),
    ...file("application/octet-stream", ['Content-Disposition: attachment; filename="beach 2.PNG"'], attached),
    ...file("application/zip", ['Content-Disposition: attachment; filename="plan.zip"'], Buffer.from("PK")),
    ...file("image/png", ['Content-Disposition: attachment; filename="none.png"'], Buffer.from("no picture")),
    ...["--b--", ""],
  ].join("\r\n")
}

/** A page with two embedded pictures, one of them twice, and one hosted elsewhere. */
export const picturePage = ([one, two]: Uint8Array[]): string => {
  const address = (bytes: Uint8Array | undefined) =>
    `data:image/png;base64,${Buffer.from(bytes ?? []).toString("base64")}`
  return `<!doctype html><html><body><p>Photos</p><img src="${address(one)}"><img src="${address(one)}">
    <picture><source srcset="${address(two)} 2x, https://x.test/z.png 1x"><img src="https://x.test/y.png"></picture>
    <img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='6'%3E%3Crect width='9' height='6' fill='%23ff0000'/%3E%3C/svg%3E">
    <a href="data:image/png;base64,AAAA">none</a></body></html>`
}

/** Rich text with a PNG, its duplicate for old readers, and a truncated one. */
export const pictureRtf = ([one]: Uint8Array[]): string => {
  const digits = (
    Buffer.from(one ?? [])
      .toString("hex")
      .match(/.{1,64}/g) ?? []
  ).join("\r\n")
  return String.raw`{\rtf1\ansi Photos\par {\*\shppict{\pict{\*\picprop\shplid1025{\sp{\sn abc}{\sv 12}}}\picw8\pich6\pngblip ${digits}}}{\nonshppict{\pict\wmetafile8 0100}}{\pict\jpegblip ffd8`
}
