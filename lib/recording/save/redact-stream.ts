/** Redacts secrets in a response as received: JSON events, whose texts form one text split into many pieces. */
import { isRecord } from "@/lib/is-record"
import { isTooMuch } from "@/lib/json-shape"
import { divided, type Edit, type Redactor } from "@/lib/recording/save/redactor"

/** Maximum number of values in one event. */
const MAX_VALUES = 100_000

/** A text in an event that continues in the next. */
interface Piece {
  text: string
  set: (text: string) => void
}

interface Event {
  from: number
  to: number
  prefix: string
  value: unknown
}

/** The chunks of one response without secrets. Chunk boundaries stay; only events with a secret are rewritten. */
export function redactStream(pieces: readonly string[], redactor: Redactor): string[] {
  const whole = pieces.join("")
  const events: Event[] = []
  const edits: Edit[] = []
  for (const line of linesOf(whole)) {
    const event = eventOf(line)
    if (event) events.push(event)
    else {
      const text = redactor.text(line.text)
      if (text !== line.text) edits.push({ from: line.from, to: line.from + line.text.length, text })
    }
  }
  return divided(
    pieces,
    [...edits, ...eventEdits(events, redactor)].sort((a, b) => a.from - b.from),
  )
}

/** The events that change, and their new text. */
function eventEdits(events: Event[], redactor: Redactor): Edit[] {
  const growing = new Map<string, Piece[]>()
  const before = events.map(({ value }) => JSON.stringify(value))
  const found = events.map((event) => takeDeltas(event.value, growing))
  let changed = false
  for (const pieces of growing.values()) {
    const clean = redactor.pieces(pieces.map(({ text }) => text))
    for (const [place, { text, set }] of pieces.entries()) {
      changed ||= clean[place] !== text
      set(clean[place] ?? "")
    }
  }
  return events.flatMap(({ from, to, prefix, value }, place) => {
    // Log probabilities repeat the words.
    const plain = changed ? withoutLogprobs(value) : value
    const texts = found[place] ?? new Set()
    const clean = JSON.stringify(cleanedBeside(plain, texts, redactor))
    return clean === before[place] ? [] : [{ from, to, text: prefix + clean }]
  })
}

interface Line {
  from: number
  text: string
}

function* linesOf(whole: string): Generator<Line> {
  for (let from = 0; from < whole.length; ) {
    const end = whole.indexOf("\n", from)
    const to = end < 0 ? whole.length : end
    if (to > from) yield { from, text: whole.slice(from, to) }
    from = to + 1
  }
}

/** `data: {…}`, or a JSON response; null for anything else. */
function eventOf({ from, text }: Line): Event | null {
  const [prefix = ""] = /^(?:data:)?\s*/.exec(text) ?? []
  const json = text.slice(prefix.length).trimEnd()
  if (!/^[[{]/.test(json) || isTooMuch(json, MAX_VALUES)) return null
  try {
    return { from, to: from + text.length, prefix, value: JSON.parse(json) }
  } catch {
    return null
  }
}

/** Collects the texts that continue across events, by their path. Returns the objects that contain them. */
function takeDeltas(value: unknown, growing: Map<string, Piece[]>): Set<object> {
  const seen = new Set<object>()
  const walk = (one: unknown, place: string): void => {
    if (Array.isArray(one)) {
      for (const [at, item] of one.entries()) {
        const index = isRecord(item) && typeof item.index === "number" ? item.index : at
        walk(item, `${place}.${index}`)
      }
    } else if (isRecord(one)) {
      seen.add(one)
      for (const [name, member] of Object.entries(one))
        if (typeof member === "string") note(`${place}.${name}`, member, (text) => Object.assign(one, { [name]: text }))
        else walk(member, `${place}.${name}`)
    }
  }
  const note = (place: string, text: string, set: (text: string) => void) => {
    const pieces = growing.get(place)
    if (pieces) pieces.push({ text, set })
    else growing.set(place, [{ text, set }])
  }
  for (const [at, choice] of choicesOf(value).entries()) {
    const place = typeof choice.index === "number" ? choice.index : at
    for (const name of ["delta", "message"]) walk(choice[name], `${place}.${name}`)
    if (typeof choice.text === "string") note(`${place}.text`, choice.text, (text) => Object.assign(choice, { text }))
  }
  return seen
}

const choicesOf = (value: unknown): Record<string, unknown>[] =>
  isRecord(value) && Array.isArray(value.choices) ? value.choices.filter(isRecord) : []

/** The value without secrets; objects in `done` have clean texts, so only their nested values are cleaned. */
function cleanedBeside(value: unknown, done: Set<object>, redactor: Redactor): unknown {
  if (typeof value === "string") return redactor.text(value)
  if (Array.isArray(value)) return value.map((item) => cleanedBeside(item, done, redactor))
  if (!isRecord(value)) return value
  const clean = done.has(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member !== "string") return [redactor.text(name), cleanedBeside(member, done, redactor)]
      return [redactor.text(name), clean ? member : redactor.member(name, member)]
    }),
  )
}

function withoutLogprobs(value: unknown): unknown {
  if (!isRecord(value) || !Array.isArray(value.choices)) return value
  const choices = value.choices.map((choice) =>
    isRecord(choice) && "logprobs" in choice ? { ...choice, logprobs: null } : choice,
  )
  return { ...value, choices }
}
