/**
 * What a model server says beside the words of its answer: names, measurements, likelihoods of tokens. The SDK is given
 * it whole, so it has bounds of its own; what is more is left out, and the answer goes on.
 */
import { type Json, numberOf, stringOf } from "@/lib/ai/wire/json"

/** Characters of an id or of a model's name: a longer one is none. It goes along with each event. */
const MOST_OF_NAME = 300
/** Characters of all members that go along with the end. */
const MOST_AT_END = 500_000
/** Events for the SDK alone, one a token where likelihoods were asked for, and their characters. */
const MOST_EVENTS = 2_500
const MOST_CHARACTERS = 4_000_000

const nameOf = (value: unknown): string | undefined => {
  const name = stringOf(value)
  return name !== undefined && name.length <= MOST_OF_NAME ? name || undefined : undefined
}

/** The members by which an event is known, of an event that may lack them. */
export function envelopeOf(event: Json): Json {
  const id = nameOf(event.id)
  const created = numberOf(event.created)
  const model = nameOf(event.model)
  return { ...(id && { id }), ...(created && { created }), ...(model && { model }) }
}

export class Beside {
  /** Members for the end of the answer, the last one of each name. */
  readonly atEnd: Json = {}
  private readonly sizes = new Map<string, number>()
  private size = 0
  private events = 0
  private characters = 0

  /** Keeps a member. `size`: at least its characters. */
  keep(key: string, value: unknown, size: number): void {
    const grown = this.size - (this.sizes.get(key) ?? 0) + key.length + size
    if (grown > MOST_AT_END) return
    this.size = grown
    this.sizes.set(key, key.length + size)
    this.atEnd[key] = value
  }

  /** May the SDK be given one more event of so many characters? */
  mayPass(characters: number): boolean {
    this.events++
    this.characters += characters
    return this.events <= MOST_EVENTS && this.characters <= MOST_CHARACTERS
  }
}
