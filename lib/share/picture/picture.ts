/** The preview picture of a shared chat for messengers: its title and first words. */
import { readFile } from "node:fs/promises"
import path from "node:path"
import sharp, { type OverlayOptions } from "sharp"
import { createLimiter } from "@/lib/limiter"
import { type Drawn, drawable, renderText } from "@/lib/share/picture/letters"
import { singleton } from "@/lib/singleton"

/** In pixels, as Open Graph recommends. */
export const PICTURE = { width: 1_200, height: 630 }
const MARGIN = 80
const INNER = PICTURE.width - 2 * MARGIN
const COLORS = { ink: "#221d19", soft: "#6b635c" }
/** Title font sizes, tried from the largest until it fits. */
const TITLE_SIZES = [72, 60, 48, 40]
const TITLE_HEIGHT = 250
const WORDS_SIZE = 32
const WORDS_HEIGHT = 132
const MAX_LETTERS = { title: 110, words: 160 }
const MAX_KEPT = 100
const AT_ONCE = 2

/**
 * Background with the logo and two lines: pre-rendered, because SVG loading is disabled here on account of user images.
 */
const PAPER = path.join(process.cwd(), "lib/share/picture/paper.png")

interface Words {
  title: string
  words: string
}

/** A PNG of 1200 × 630. Cached by `key`. */
export async function pictureOf(key: string, words: Words): Promise<Buffer> {
  const kept = singleton("sharePictures", () => new Map<string, Promise<Buffer>>())
  const known = kept.get(key)
  if (known) return known
  const limit = singleton("drawingPictures", () => createLimiter(AT_ONCE))
  const drawing = limit(() => draw(words))
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value ?? "")
  kept.set(key, drawing)
  drawing.catch(() => kept.delete(key))
  return drawing
}

async function draw({ title, words }: Words): Promise<Buffer> {
  const layers: OverlayOptions[] = []
  const place = (text: { data: Buffer }, top: number, left = MARGIN) =>
    layers.push({ input: text.data, top: Math.round(top), left })
  const name = await renderText("Sparkler", { size: 34, color: COLORS.ink, width: INNER })
  place(name, 558 - name.height / 2, MARGIN + 52)
  // If no font here can render the title, the app that shows the picture has to.
  const head = await fitted(await shortened(title, MAX_LETTERS.title), TITLE_SIZES, TITLE_HEIGHT, COLORS.ink)
  if (head) place(head, MARGIN)
  const top = MARGIN + (head ? head.height + 36 : 0)
  const said = await fitted(await shortened(words, MAX_LETTERS.words), [WORDS_SIZE], WORDS_HEIGHT, COLORS.soft)
  if (said && top + said.height <= 490) place(said, top)
  return sharp(await readFile(PAPER))
    .composite(layers)
    .png({ palette: false })
    .toBuffer()
}

/** The drawable part of a text, cut at a word boundary. */
async function shortened(text: string, most: number): Promise<string> {
  const letters = [...(await drawable(text.slice(0, most * 4)))]
  if (letters.length <= most) return letters.join("")
  const cut = letters.slice(0, most - 1).join("")
  return `${cut.replace(/\s\S{0,20}$/, "").trimEnd()}…`
}

/** The text in the largest of these sizes that fits the height; in the smallest one, truncated until it fits. */
async function fitted(text: string, sizes: number[], height: number, color: string): Promise<Drawn | null> {
  if (!/[\p{L}\p{N}]/u.test(text)) return null
  for (const size of sizes) {
    const drawn = await renderText(text, { size, color, width: INNER })
    if (drawn.height <= height && drawn.width <= INNER) return drawn
  }
  const letters = [...text]
  const shorter = `${letters
    .slice(0, Math.floor(letters.length * 0.75))
    .join("")
    .trimEnd()}…`
  return letters.length > 8 ? fitted(shorter, sizes.slice(-1), height, color) : null
}
