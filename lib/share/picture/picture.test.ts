import sharp from "sharp"
import { expect, test } from "vitest"
import { drawable } from "@/lib/share/picture/letters"
import { PICTURE, pictureOf } from "@/lib/share/picture/picture"

/** The share of non-background pixels in part of a picture, from 0 to 1. */
async function inked(picture: Buffer, top: number, height: number): Promise<number> {
  const { data } = await sharp(picture)
    .extract({ left: 80, top, width: 1_040, height })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.filter((value) => value < 160).length / data.length
}

test.each([
  ["plain", "Roses in winter", "They need little water."],
  ["long", "A title that goes on and on ".repeat(20), "word ".repeat(300)],
  ["one word", "x".repeat(400), "y".repeat(4_000)],
  ["markup", "<b>&\"'</span><script>", "<image href='file:///etc/passwd'/> & more"],
  ["accents", "Größe, naïve, Łódź, Ñandú", "Éclairs à la crème"],
  ["without ink", "Roses\u2800 in winter", "\u2800\u2801 little water"],
  ["mixed", "你好 hello 🌹 مرحبا", "こんにちは 👨‍👩‍👧 and words \u0000\uD800\u202E"],
])("%s: a preview image with text", async (name, title, words) => {
  const picture = await pictureOf(name, { title, words })
  expect(await sharp(picture).metadata()).toMatchObject({ format: "png", ...PICTURE })
  expect(await inked(picture, 70, 420)).toBeGreaterThan(0.004)
  expect(await inked(picture, 530, 60)).toBeGreaterThan(0.004)
})

test.each([
  ["nothing", "", ""],
  ["emoji alone", "🌹🌹🌹", "👍"],
  ["invisible", "\u200b\u200d\ufe0f", "\u0000"],
  ["unassigned", "\u0378\u{1F0FE}", "\u{10FFFE}"],
])("%s: a preview image without text", async (name, title, words) => {
  const picture = await pictureOf(name, { title, words })
  expect(await sharp(picture).metadata()).toMatchObject({ format: "png", ...PICTURE })
  expect(await inked(picture, 530, 60)).toBeGreaterThan(0.004)
})

test("characters no font has are removed rather than drawn as boxes", async () => {
  expect(await drawable("a\u0378b \u{1F0FE} c\nd")).toBe("ab c d")
  expect(await drawable("Größe – “so”")).toBe("Größe – “so”")
})
