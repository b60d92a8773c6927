/**
 * Rich Text Format 1.9.1: its text, with paragraphs, tables, and headings. Hidden text and application data are
 * skipped.
 */
import { tableOf } from "@/lib/documents/read/markdown"
import { piecesOf } from "@/lib/documents/read/pages"
import type { DocumentNote, ReadDocument } from "@/lib/documents/types"

/** Groups without document text. */
const SILENT: ReadonlySet<string> = new Set([
  ...["fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "info", "pict", "object"],
  ...["themedata", "colorschememapping", "datastore", "latentstyles", "generator", "xmlnstbl", "fldinst", "filetbl"],
  ...["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "nonshppict", "blipuid"],
  ...["pgdsctbl", "bkmkstart", "bkmkend", "revtbl", "mmathPr", "listtext", "pntext", "wgrffmtfilter"],
])

/** Control words that stand for a character. */
const SIGNS: Record<string, string> = {
  tab: "\t",
  line: "\n",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: " ",
  enspace: " ",
  "~": "\u00A0",
  _: "‑",
}

/** Windows code pages by the font's character set. */
const CHARSETS = new Map([
  [128, "shift_jis"],
  [129, "euc-kr"],
  [134, "gb18030"],
  [136, "big5"],
  [161, "windows-1253"],
  [162, "windows-1254"],
  [177, "windows-1255"],
  [178, "windows-1256"],
  [186, "windows-1257"],
  [204, "windows-1251"],
  [222, "windows-874"],
  [238, "windows-1250"],
])

interface Group {
  silent: boolean
  hidden: boolean
  /** Number of fallback characters after a Unicode one, for readers without Unicode support. */
  skip: number
  font: number
}

const TOKEN = /\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)/g

class Reader {
  private readonly groups: Group[] = [{ silent: false, hidden: false, skip: 1, font: 0 }]
  private readonly fonts = new Map<number, string>()
  private codePage = "windows-1252"
  private inFonts = 0
  private pending: number[] = []
  private toSkip = 0
  private text = ""
  private cells: string[] = []
  private rows: string[][] = []
  private level = 0
  private readonly done: string[] = []
  /** Pictures of any kind, and those stored as PNG or JPEG. */
  images = 0
  held = 0

  private get group(): Group {
    return this.groups.at(-1) ?? { silent: false, hidden: false, skip: 1, font: 0 }
  }

  private write(text: string): void {
    this.decode()
    if (!this.group.silent && !this.group.hidden) this.text += text
  }

  /** Decodes bytes together in their font's code page: a character may have two. */
  private decode(): void {
    if (this.pending.length === 0) return
    const bytes = Uint8Array.from(this.pending)
    this.pending = []
    if (this.group.silent || this.group.hidden) return
    try {
      this.text += new TextDecoder(this.fonts.get(this.group.font) ?? this.codePage).decode(bytes)
    } catch {
      this.text += new TextDecoder("windows-1252").decode(bytes)
    }
  }

  byte(value: number): void {
    if (this.toSkip > 0) this.toSkip--
    else this.pending.push(value)
  }

  plain(text: string): void {
    const readable = text.replace(/[\r\n]+/g, "")
    const skipped = Math.min(this.toSkip, readable.length)
    this.toSkip -= skipped
    if (readable.length > skipped) this.write(readable.slice(skipped))
  }

  open(): void {
    this.decode()
    if (this.groups.length < 2_000) this.groups.push({ ...this.group })
  }

  close(): void {
    this.decode()
    this.toSkip = 0
    if (this.groups.length > 1) this.groups.pop()
    if (this.groups.length < this.inFonts) this.inFonts = 0
  }

  sign(sign: string): void {
    if (sign === "*") this.group.silent = true
    else if (sign === "\n" || sign === "\r") this.paragraph()
    else if (sign !== "-") this.write(SIGNS[sign] ?? sign)
  }

  word(name: string, value: number | undefined): void {
    if (name === "u" && value !== undefined) {
      this.write(String.fromCharCode(value < 0 ? value + 65_536 : value))
      this.toSkip = this.group.skip
      return
    }
    this.decode()
    if (SILENT.has(name)) this.silence(name)
    else if (name === "pngblip" || name === "jpegblip") this.held++
    else if (name === "par" || name === "page" || name === "sect") this.paragraph()
    else if (name === "cell" || name === "nestcell") this.cell()
    else if (name === "row" || name === "nestrow") this.row()
    else if (name === "pard") this.level = 0
    else if (name === "outlinelevel") this.level = (value ?? 0) + 1
    else if (name === "v") this.group.hidden = value !== 0
    else if (name === "uc") this.group.skip = Math.min(10, value ?? 1)
    else if (name === "ansicpg" && value) this.codePage = `windows-${value}`
    else if (name === "f" && value !== undefined) this.group.font = value
    else if (name === "fcharset" && this.inFonts) this.font(value ?? 0)
    else if (name in SIGNS) this.write(SIGNS[name] ?? "")
  }

  private silence(name: string): void {
    this.group.silent = true
    if (name === "fonttbl") this.inFonts = this.groups.length
    if (name === "pict") this.images++
    // A duplicate of the picture for old readers.
    if (name === "nonshppict") this.images--
  }

  private font(charset: number): void {
    const page = CHARSETS.get(charset)
    if (page) this.fonts.set(this.group.font, page)
  }

  private cell(): void {
    this.cells.push(this.text)
    this.text = ""
  }

  private row(): void {
    this.rows.push(this.cells)
    this.cells = []
  }

  private paragraph(): void {
    // Inside a table, the paragraph continues in the same cell.
    if (this.cells.length > 0) {
      this.text += " "
      return
    }
    this.table()
    const text = this.text.trim()
    this.text = ""
    if (text) this.done.push(this.level > 0 && this.level < 7 ? `${"#".repeat(this.level)} ${text}` : text)
  }

  private table(): void {
    if (this.rows.length === 0) return
    this.done.push(tableOf(this.rows))
    this.rows = []
  }

  end(): string {
    this.decode()
    if (this.cells.length > 0) this.row()
    this.paragraph()
    return this.done.join("\n\n")
  }
}

export function readRtf(bytes: Uint8Array): ReadDocument {
  const source = new TextDecoder("latin1").decode(bytes).replace(/\\bin(\d+) ?/g, "")
  const reader = new Reader()
  for (const [, word, value, hex, sign, brace, text] of source.matchAll(TOKEN)) {
    if (word) reader.word(word, value === undefined ? undefined : Number(value))
    else if (hex) reader.byte(Number.parseInt(hex, 16))
    else if (sign) reader.sign(sign)
    else if (brace) brace === "{" ? reader.open() : reader.close()
    else if (text) reader.plain(text)
  }
  const { images, held: inside } = reader
  const notes: DocumentNote[] = images > 0 ? [{ note: "images", count: images, inside }] : []
  return { pages: piecesOf(reader.end()), notes }
}
