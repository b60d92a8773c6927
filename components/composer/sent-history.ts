/** Walking through what a person sent before, in the field where they write. Pure. */

/** A walk through `entries`, the newest first; at -1 stands what was in the field before. */
export interface Walk {
  entries: string[]
  at: number
  /** What was made of an entry meanwhile, by its place: nothing typed is lost while the walk goes on. */
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
  /** Where the caret goes: a key that walks on must not have anything else to do there. */
  caret: "start" | "end"
}

const textAt = ({ entries, at, edited }: Walk): string => edited[at] ?? entries[at] ?? ""

/**
 * Where a key leads from here: null when it is no step, and the field's own business. ↑ begins in an empty field only.
 * From then on it goes back from the very beginning of the text and forward from its very end; in an entry of one line
 * that was not touched from anywhere.
 */
export function step(
  walk: Walk | null,
  key: "ArrowUp" | "ArrowDown" | "Escape",
  field: Field,
  entries: () => string[],
): Step | null {
  // An empty field is a new beginning: what was brought back is sent or deleted.
  if (!walk || field.value === "") return key === "ArrowUp" && field.value === "" ? begin(entries()) : null
  const untouched = field.value === textAt(walk)
  if (key === "Escape") return { walk: null, text: untouched ? "" : field.value, caret: "end" }
  const line = untouched && !field.value.includes("\n")
  const free = field.start === field.end
  if (key === "ArrowUp") return free && (line || field.end === 0) ? move(walk, walk.at + 1, field.value) : null
  // Behind the newest there is nothing: what was made of it would be lost there.
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
  // At the oldest there is nothing before; the key does nothing.
  const at = Math.min(to, walk.entries.length - 1)
  const next: Walk = { ...walk, edited, at }
  if (at < 0) return { walk: null, text: "", caret: "end" }
  return { walk: next, text: textAt(next), caret: back ? "start" : "end" }
}

/** The texts to walk through: this conversation's first, then others of this browser, each once. */
export function entriesOf(here: string[], elsewhere: string[]): string[] {
  const texts = [...here.toReversed(), ...elsewhere].filter((text) => text.trim() !== "")
  return [...new Set(texts)]
}
