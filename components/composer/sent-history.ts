/** Steps through the user's previous messages in the input field. Pure. */

/** A position in `entries`, newest first; -1 is what was in the field before. */
export interface Walk {
  entries: string[]
  at: number
  /** Edited entries by index, so that nothing typed is lost while stepping. */
  edited: Record<number, string>
}

export interface Field {
  value: string
  /** Start and end of the selection. */
  start: number
  end: number
}

export interface Step {
  walk: Walk | null
  text: string
  /** Where to put the caret, so that pressing the key again steps on instead of moving the caret. */
  caret: "start" | "end"
}

const textAt = ({ entries, at, edited }: Walk): string => edited[at] ?? entries[at] ?? ""

/**
 * The result of a key; null when it is not a step and the field handles it. ↑ starts only in an empty field. From then
 * on, ↑ works at the very start of the text and ↓ at its very end; in an unmodified single-line entry, anywhere.
 */
export function step(
  walk: Walk | null,
  key: "ArrowUp" | "ArrowDown" | "Escape",
  field: Field,
  entries: () => string[],
): Step | null {
  // An empty field starts over: the recalled text was sent or deleted.
  if (!walk || field.value === "") return key === "ArrowUp" && field.value === "" ? begin(entries()) : null
  const untouched = field.value === textAt(walk)
  if (key === "Escape") return { walk: null, text: untouched ? "" : field.value, caret: "end" }
  const line = untouched && !field.value.includes("\n")
  const free = field.start === field.end
  if (key === "ArrowUp") return free && (line || field.end === 0) ? move(walk, walk.at + 1, field.value) : null
  // There is nothing after the newest entry: edits to it would be lost.
  if (walk.at === 0 && field.value !== walk.entries[0]) return null
  return free && (line || field.start === field.value.length) ? move(walk, walk.at - 1, field.value) : null
}

function begin(entries: string[]): Step | null {
  const [first] = entries
  return first === undefined ? null : { walk: { entries, at: 0, edited: {} }, text: first, caret: "start" }
}

function move(walk: Walk, to: number, value: string): Step {
  const edited = value === walk.entries[walk.at] ? walk.edited : { ...walk.edited, [walk.at]: value }
  const back = to > walk.at
  // At the oldest entry the key does nothing.
  const at = Math.min(to, walk.entries.length - 1)
  const next: Walk = { ...walk, edited, at }
  if (at < 0) return { walk: null, text: "", caret: "end" }
  return { walk: next, text: textAt(next), caret: back ? "start" : "end" }
}

/** The texts to step through: this conversation's first, then others of this browser, without duplicates. */
export function entriesOf(here: string[], elsewhere: string[]): string[] {
  const texts = [...here.toReversed(), ...elsewhere].filter((text) => text.trim() !== "")
  return [...new Set(texts)]
}
