/**
 * What a model server sends in addition to the text of its answer: names, timings, token likelihoods. The SDK gets it
 * complete, so it has separate limits; anything beyond them is dropped, and the answer continues.
 */
import { type Json, numberOf, stringOf } from "@/lib/ai/wire/json"

/** Characters of an ID or a model's name, which is part of each event: longer ones are ignored. */
const MAX_OF_NAME = 300
/** Characters of all members sent with the end. */
const MAX_AT_END = 500_000
/** Events for the SDK only, one per token if likelihoods were requested, and their characters. */
const MAX_EVENTS = 2_500
const MAX_CHARACTERS = 4_000_000

const nameOf = (value: unknown): string | undefined => {
  const name = stringOf(value)
  return name !== undefined && name.length <= MAX_OF_NAME ? name || undefined : undefined
}

/** The identifying members of an event, which may lack some. */
export function envelopeOf(event: Json): Json {
  const id = nameOf(event.id)
  const created = numberOf(event.created)
  const model = nameOf(event.model)
  return { ...(id && { id }), ...(created && { created }), ...(model && { model }) }
}

export class Beside {
  /** Members for the end of the answer, the last value of each name. */
  readonly atEnd: Json = {}
  private readonly sizes = new Map<string, number>()
  private size = 0
  private events = 0
  private characters = 0

  /** Stores a member. `size`: an upper bound of its characters. */
  keep(key: string, value: unknown, size: number): void {
    const grown = this.size - (this.sizes.get(key) ?? 0) + key.length + size
    if (grown > MAX_AT_END) return
    this.size = grown
    this.sizes.set(key, key.length + size)
    this.atEnd[key] = value
  }

  /** Whether the SDK may get one more event with this many characters. */
  mayPass(characters: number): boolean {
    this.events++
    this.characters += characters
    return this.events <= MAX_EVENTS && this.characters <= MAX_CHARACTERS
  }
}
