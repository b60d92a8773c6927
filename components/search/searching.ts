/** One search field's questions to the server, without React: the last question wins, whenever the answers come. */
import { Store } from "@/components/base/store"
import type { SearchAnswer, SearchHit } from "@/lib/search/types"

/** Milliseconds without a key before the server is asked. */
const PAUSE_MS = 120

export interface SearchState {
  /** What was typed. */
  text: string
  /** Of the last question that was answered, while the next one is on its way. */
  hits: SearchHit[] | null
  /** Asks for more; null: there are no more. */
  cursor: string | null
  indexing: boolean
  waiting: boolean
  error: string | null
}

const NOTHING: SearchState = { text: "", hits: null, cursor: null, indexing: false, waiting: false, error: null }

/** `signal` aborts when nobody waits for the answer any more: the server makes one search of a person at a time. */
type Ask = (text: string, cursor: string | null, signal: AbortSignal) => Promise<SearchAnswer>

export class Searching {
  private readonly shown = new Store(NOTHING)
  private asked = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly ask: Ask,
    private readonly sayWhy: (error: unknown) => string,
  ) {}

  get = this.shown.get
  subscribe = this.shown.subscribe

  /** The text was changed. */
  type(text: string): void {
    this.forget()
    if (text.trim()) {
      this.shown.set({ ...this.get(), text, waiting: true, error: null, cursor: null })
      this.timer = setTimeout(() => void this.run(null), PAUSE_MS)
    } else this.shown.set({ ...NOTHING, text })
  }

  /** Asks again what failed. */
  retry(): void {
    this.forget()
    this.shown.set({ ...this.get(), waiting: true, error: null })
    void this.run(null)
  }

  /** Asks for the hits after those that are there. */
  more(): void {
    const { cursor, waiting } = this.get()
    if (!cursor || waiting) return
    this.shown.set({ ...this.get(), waiting: true, error: null })
    void this.run(cursor)
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    this.forget()
  }

  private forget(): void {
    this.asked.abort()
    this.asked = new AbortController()
    clearTimeout(this.timer)
  }

  private async run(cursor: string | null): Promise<void> {
    const { signal } = this.asked
    try {
      const answer = await this.ask(this.get().text, cursor, signal)
      if (signal.aborted) return
      const hits = cursor ? [...(this.get().hits ?? []), ...answer.hits] : answer.hits
      this.shown.set({ ...this.get(), ...answer, hits, waiting: false })
    } catch (error) {
      if (!signal.aborted) this.shown.set({ ...this.get(), waiting: false, error: this.sayWhy(error) })
    }
  }
}
