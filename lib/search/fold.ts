/** Normalizes texts for comparison regardless of case and diacritics. Safe to import on both sides. */

/** Letters in their own right, even though Unicode decomposes them into letter and mark: й, ў and ї. */
const WHOLE = String.raw`[\u0438\u0443]\u0306|\u0456\u0308`
/**
 * Marks that people omit when searching: Latin, Greek, and Cyrillic diacritics; Hebrew points; Arabic vowels and
 * Quranic signs.
 */
const MARK = String.raw`[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]`
/** Invisible characters: soft hyphens, joiners, Arabic tatweel. */
const UNSEEN = String.raw`[\u00ad\u0640\u200b-\u200d\u2060\ufeff]`
const LEFT_OUT = new RegExp(`(${WHOLE})|${MARK}|${UNSEEN}`, "g")
/** Characters used as an apostrophe, even though Unicode classifies them as letters. */
export const APOSTROPHES = "ʹʻʼʽʾʿˈ"
/**
 * Letters without a decomposition; final forms of letters (Greek, Hebrew); Arabic letters with several spellings, and
 * Persian ones; the digits of both.
 */
const LETTERS: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ħ: "h", ŧ: "t" },
  ...{ ς: "σ", ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ" },
  ...{ ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ہ: "ه" },
  ...Object.fromEntries(Array.from("٠١٢٣٤٥٦٧٨٩", (digit, value) => [digit, `${value}`])),
  ...Object.fromEntries(Array.from("۰۱۲۳۴۵۶۷۸۹", (digit, value) => [digit, `${value}`])),
  ...Object.fromEntries(Array.from(APOSTROPHES, (sign) => [sign, "'"])),
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g")
// biome-ignore lint/suspicious/noControlCharactersInRegex: matches all of ASCII
const ASCII = /^[\u0000-\u007f]*$/

export const isAscii = (text: string): boolean => ASCII.test(text)

/** Text in the form that is compared: “Élan”, “ÉLAN” and “elan” are the same, and so are “Οδυσσέας” and “οδυσσεασ”. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (isAscii(lower)) return lower
  return lower
    .normalize("NFKD")
    .replace(LEFT_OUT, (_, whole?: string) => whole ?? "")
    .normalize("NFC")
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
}
