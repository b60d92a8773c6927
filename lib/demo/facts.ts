/** Finds facts in a text by the name of the member that needs them. */
import { placesOf } from "@/lib/demo/places"
import { keyTerms, numbersOf, personOf } from "@/lib/demo/words/words"

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
]
const CURRENCIES: Record<string, string> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY" }

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
const spaced = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase()

/** The value in the text for a member with this name and format; null if there is none. */
export function findValue(text: string, name: string, format = ""): string | null {
  const key = spaced(name)
  if (format === "email" || /e-?mail/.test(key)) return findEmail(text)
  if (format === "uri" || /\b(url|link|website)\b/.test(key)) return /https?:\/\/[^\s<>"')]+/.exec(text)?.[0] ?? null
  if (format === "date" || format === "date-time" || /\bdate\b/.test(key)) return findDate(text, format)
  if (/phone|tel\b|mobile/.test(key)) return /\+?\d[\d ()/-]{6,24}\d/.exec(text)?.[0] ?? null
  if (format === "number") return findNumber(text, key)
  return findText(text, key)
}

/** Searches only around each @, so that a long text without one costs nothing. */
function findEmail(text: string): string | null {
  for (const { index } of text.matchAll(/@/g)) {
    const before = /[\w.+-]+$/.exec(text.slice(Math.max(0, index - 64), index))?.[0]
    const after = /^[\w-]+(?:\.[\w-]+)+/.exec(text.slice(index + 1, index + 254))?.[0]
    if (before && after) return `${before}@${after}`
  }
  return null
}

function findDate(text: string, format: string): string | null {
  const time = format === "date-time" ? "T00:00:00Z" : ""
  const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0]
  if (iso) return iso + time
  const words = new RegExp(
    String.raw`\b(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?(${MONTHS.join("|")})\.? ?(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})\b`,
    "i",
  ).exec(text)
  if (!words) return null
  const month = MONTHS.indexOf(words[2]?.toLowerCase() ?? "") + 1
  const day = words[1] ?? words[3] ?? "1"
  return `${words[4]}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}${time}`
}

function findNumber(text: string, key: string): string | null {
  if (key === "age") {
    const age =
      /(\d{1,3})[ -]*(?:years?|yrs?|y\/o|yo)\b|\b(?:is|am|age[d:]?|turned)\s+(\d{1,3})\b|,\s*(\d{1,3})\s*,/i.exec(text)
    return age ? (age[1] ?? age[2] ?? age[3] ?? null) : null
  }
  const after = new RegExp(String.raw`\b${escapeRegExp(key)}s?\b\D{0,20}?(-?\d+(?:\.\d+)?)`, "i").exec(text)?.[1]
  if (after) return after
  if (/price|amount|cost|total/.test(key)) {
    const prices = text.match(/[$€£¥]\s?\d+(?:\.\d+)?|\d+\.\d{2}\b/g) ?? []
    return prices.at(-1)?.replace(/[^\d.]/g, "") ?? null
  }
  if (/quantity|count/.test(key)) return /^\s*(\d+)\s*(?:x|×)?\s*\p{L}/u.exec(text)?.[1] ?? null
  return null
}

function findText(text: string, key: string): string | null {
  const said = new RegExp(String.raw`\b${escapeRegExp(key)}\s{0,3}(?:[:=]|\bis\b)\s{0,3}["“]?([^\n,;."”]{1,200})`, "i")
    .exec(text)?.[1]
    ?.trim()
  if (said && key !== "name") return said
  if (/currency/.test(key)) {
    const symbol = /[$€£¥]/.exec(text)?.[0]
    return /\b(USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK)\b/.exec(text)?.[0] ?? (symbol ? (CURRENCIES[symbol] ?? null) : null)
  }
  if (/(^|\s)(name|person|author|customer)$/.test(key)) return personOf(text) ?? said ?? null
  if (/city|location|place|country|address/.test(key)) return placesOf(text)[0] ?? null
  if (/merchant|shop|store|company/.test(key))
    return /\b(?:at|from)\s{1,3}(\p{Lu}[\p{L}'’&]{0,40}(?: \p{Lu}[\p{L}'’&]{0,40}){0,4})/u.exec(text)?.[1] ?? null
  if (/occupation|job|profession|role/.test(key))
    return (
      /\b(?:is|works as|am|as)\s{1,3}an?\s{1,3}([\p{L} ]{1,60}?)(?=[,.;\n]| (?:in|at|from|and|who)\b|$)/u.exec(
        text,
      )?.[1] ?? null
    )
  if (/^(description|item|product|title)$/.test(key))
    return (
      text
        .replace(/[$€£¥]?\s?\d+(?:\.\d+)?\s*(?:x|×)?|\b(?:for|at|each)\b/gi, " ")
        .replace(/\s+/g, " ")
        .trim() || null
    )
  return null
}

/** Everything found in a text, for JSON without a schema. */
export function factsOf(text: string): Record<string, string | number | number[] | string[]> {
  const found = {
    name: personOf(text),
    email: findValue(text, "email"),
    date: findDate(text, "date"),
    phone: findValue(text, "phone"),
    place: placesOf(text)[0] ?? null,
  }
  const facts = Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  )
  const age = findNumber(text, "age")
  const numbers = numbersOf(text)
  return {
    ...facts,
    ...(age ? { age: Number(age) } : {}),
    ...(numbers.length > 0 ? { numbers } : {}),
    topics: keyTerms(text),
  }
}
