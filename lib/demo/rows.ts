/** Splits a text into the rows of a list: lines, sentences, or clauses, whichever gives the most rows with content. */
import { isSchema, type Schema } from "@/lib/demo/schema"
import { personOf } from "@/lib/demo/words/words"

/** From coarse to fine; with the same number of rows, the coarser split wins. */
const CUTS = [
  /\n+/,
  /[\n;]+/,
  /[\n;]+|(?<=[.!?])\s+/,
  /[\n;]+|(?<=[.!?])\s+|,?\s(?:and|&)\s/,
  /[\n;]+|(?<=[.!?])\s+|,\s/,
  /[\n;]+|(?<=[.!?])\s+|,\s(?:and\s)?|\s(?:and|&)\s/,
]
const INSTRUCTION =
  /^\s*(?:please\s+)?(?:extract|parse|list|return|give|get|convert|turn|find|read|collect)\b[^:\n]{0,120}:\s*/i
const NO_ROW = /\b(?:total|sum|subtotal|date)\b/i

/** The pieces of a text that hold one row each; at most `most`, none if it has no rows. */
export function rowsOf(text: string, items: Schema, most: number): string[] {
  const said = text.replace(INSTRUCTION, "")
  const fits = fitting(items)
  let best: string[] = []
  for (const cut of CUTS) {
    const rows = said
      .split(cut)
      .map((piece) => piece.trim())
      .filter((piece) => piece !== "" && !NO_ROW.test(piece) && fits(piece))
    if (rows.length > best.length) best = rows
  }
  return best.slice(0, most)
}

/** A row has what its members need: a person for a name, a number for a number, otherwise words. */
function fitting(items: Schema): (piece: string) => boolean {
  const members = isSchema(items.properties) ? Object.entries(items.properties) : []
  const numeric = members.some(
    ([name, member]) => isSchema(member) && /number|integer|date/.test(`${member.type} ${member.format} ${name}`),
  )
  const named = members.some(([name]) => /^(?:full_?)?name$|^person$/i.test(name))
  const dated = members.some(([name]) => /date|day|when/i.test(name))
  const hasNumber = (piece: string) => /\d/.test(dated ? piece : piece.replace(/\b\d{4}-\d{2}-\d{2}\b/g, ""))
  return (piece) => /\p{L}/u.test(piece) && (!numeric || hasNumber(piece)) && (!named || personOf(`${piece},`) !== null)
}
