/** Text in pictures: rendered with our own font, and with system fonts for scripts it lacks. */
import path from "node:path"
import sharp from "sharp"
import { singleton } from "@/lib/singleton"

const FONT = "Geist"
const FONT_FILE = path.join(process.cwd(), "lib/share/picture/Geist-Regular.ttf")
/** Characters for which drawability is cached. */
const MAX_KNOWN = 5_000
/** Unassigned characters: they show what a missing glyph looks like, a box with its number. */
const UNKNOWN = { short: "\u0378", long: "\u{1F0FE}" }

interface Style {
  /** Font size in pixels. */
  size: number
  /** `#rrggbb` */
  color: string
  /** Width at which lines wrap. */
  width: number
}

const escaped = (text: string) => text.replace(/[&<>]/g, (mark) => ({ "&": "&amp;", "<": "&lt;" })[mark] ?? "&gt;")

/** A PNG and its size. */
export interface Drawn {
  data: Buffer
  width: number
  height: number
}

/** Lines of text on a transparent background, as PNG. */
export async function renderText(text: string, { size, color, width }: Style): Promise<Drawn> {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${color}">${escaped(text)}</span>`,
      ...{ font: `${FONT} ${size}`, fontfile: FONT_FILE, rgba: true, dpi: 72, width },
      ...{ wrap: "word-char", spacing: Math.round(size / 4) },
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** The text on one line, without characters that no available font has. */
export async function drawable(text: string): Promise<string> {
  const line = text
    .toWellFormed()
    .replace(/(?:[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Variation_Selector})+/gu, (run) =>
      /[\n\t\r]/.test(run) ? " " : "",
    )
  let kept = ""
  for (const letter of line) kept += (letter.codePointAt(0) ?? 0) < 0x250 || (await canDraw(letter)) ? letter : ""
  return kept.replace(/\s+/g, " ").trim()
}

/** By size: the box for a missing glyph always has the same. */
async function canDraw(letter: string): Promise<boolean> {
  const known = singleton("drawableLetters", () => new Map<string, boolean>())
  const before = known.get(letter)
  if (before !== undefined) return before
  const can = !/\p{M}/u.test(letter) && (await sizeOf(letter)) !== (await boxOf(letter.length > 1 ? "long" : "short"))
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(letter, can)
  return can
}

const boxOf = (length: keyof typeof UNKNOWN): Promise<string> =>
  singleton(`undrawable ${length}`, () => sizeOf(UNKNOWN[length]))

async function sizeOf(letter: string): Promise<string> {
  if (letter.trim() === "") return "space"
  const drawn = await renderText(letter, { size: 40, color: "#000000", width: 200 }).catch(blank)
  return drawn ? `${drawn.width} ${drawn.height}` : "space"
}

/** A glyph without ink, such as the blank Braille pattern, makes the renderer fail. */
function blank(error: unknown): null {
  if (error instanceof Error && error.message.includes("no text to render")) return null
  throw error
}
