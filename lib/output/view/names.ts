/** Interprets member names: a label for people, and whether it names an amount of money. Pure. */

/** `unitPrice`, `unit_price` and `UNIT-PRICE` are [unit, price]. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_.-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())

const PLAIN_NAME = /^[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)*$/u
/** Abbreviations shown in capitals. */
const LETTERS = new Set(["id", "url", "uri", "iban", "bic", "vat", "isbn", "sku", "ean", "iso", "api", "ip", "pdf"])

/** The words of a name, as a label; a name that isn't made of words (`$x`, `a b/c`) is returned unchanged. */
export function labelOf(name: string, title?: string): string {
  if (title !== undefined) return title
  if (!PLAIN_NAME.test(name)) return name
  const words = wordsOf(name).map((word) => (LETTERS.has(word) ? word.toUpperCase() : word))
  const text = words.join(" ")
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` || name
}

const AMOUNT = new Set(
  "amount price subtotal total cost costs fee fees tax vat net gross balance discount tip salary budget revenue deposit refund payment".split(
    " ",
  ),
)
/** Words that may accompany an amount. `total` with any other word may count anything. */
const BESIDE = new Set(
  "unit grand sub list sale sales base order invoice line paid due before after incl excl including excluding shipping".split(
    " ",
  ),
)

/** Whether the name says that a number is an amount of money, and hardly anything else. */
export function isAmountName(name: string): boolean {
  const words = wordsOf(name)
  return words.some((word) => AMOUNT.has(word)) && words.every((word) => AMOUNT.has(word) || BESIDE.has(word))
}

/**
 * The remaining words of a name like `priceCurrency`, which say what the currency applies to; null if the name names no
 * currency.
 */
export function currencyScope(name: string): string[] | null {
  const words = wordsOf(name)
  if (!words.includes("currency")) return null
  return words.filter((word) => word !== "currency" && word !== "code" && word !== "iso")
}

/** Whole numbers that are identifiers rather than quantities, such as the year `2026`. */
const IDENTIFIERS = new Set(
  "id year number no nr code zip postal postcode phone tel account serial isbn ean sku page port".split(" "),
)
export const isIdentifierName = (name: string): boolean => wordsOf(name).some((word) => IDENTIFIERS.has(word))
