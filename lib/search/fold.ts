/** How texts are compared where case and marks make no difference. Safe to import on both sides. */

/** Case and marks that people leave out when they search: of Latin, Greek and Cyrillic; Hebrew points; Arabic vowels. */
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g
/** Letters that no decomposition takes apart. */
const LETTERS: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" }
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g")
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is what is looked for
const ASCII = /^[\u0000-\u007f]*$/

export const isAscii = (text: string): boolean => ASCII.test(text)

/** Text as it is compared: “Élan”, “ÉLAN” and “elan” are the same. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (isAscii(lower)) return lower
  return lower
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
}
