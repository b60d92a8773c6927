/** The queries of one search field, without React: the last query wins, in whatever order responses arrive. */
import { Store } from "@/components/base/store"
import type { SearchAnswer, SearchHit } from "@/lib/search/types"

/** Milliseconds of inactivity before a query. */
const PAUSE_MS = 120

export interface SearchState {
  /** The typed text. */
  text: string
  /** Results of the last completed query while the next one is running. */
  hits: SearchHit[] | null
  /** Loads more; null: there are no more. */
  cursor: string | null
  indexing: boolean
  waiting: boolean
  error: string | null
}

const NOTHING: SearchState = { text: "", hits: null, cursor: null, indexing: false, waiting: false, error: null }

/** `signal` aborts when the result is no longer needed: the server runs one search per user at a time. */
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

  /** Called when the text changes. */
  type(text: string): void {
    this.forget()
    if (text.trim()) {
      this.shown.set({ ...this.get(), text, waiting: true, error: null, cursor: null })
      this.timer = setTimeout(() => void this.run(null), PAUSE_MS)
    } else this.shown.set({ ...NOTHING, text })
  }

  /** Retries a failed query. */
  retry(): void {
    this.forget()
    this.shown.set({ ...this.get(), waiting: true, error: null })
    void this.run(null)
  }

  /** Loads the next results. */
  more(): void {
    const { cursor, waiting } = this.get()
    if (!cursor || waiting) return
    this.shown.set({ ...this.get(), waiting: true, error: null })
    void this.run(cursor)
  }

  /** Discards pending results. */
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
