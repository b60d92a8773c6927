/** Client state of one grid: its progress, the visible rows and their order, and the loaded rows near the viewport. */
import { sentenceOf } from "@/components/base/api"
import { Store } from "@/components/base/store"
import { readGrid, readRows, readView } from "@/components/grids/api"
import type { GridNews } from "@/lib/grids/contract/grid"
import type { GridHead, GridRowView, ViewQuery } from "@/lib/grids/types"

/** Rows loaded per request, and the maximum kept. */
const TOGETHER = 100
const MAX_KEPT = 1_500
const MAX_TRIES = 5

export const DEFAULT_VIEW_QUERY: ViewQuery = { sort: "row", dir: "asc", q: "", state: "all", column: "", has: "" }

const isPlain = ({ sort, dir, q, state, has }: ViewQuery) =>
  sort === "row" && dir === "asc" && q === "" && state === "all" && has === ""

export interface GridShown {
  head: GridHead
  query: ViewQuery
  /** Numbers of the rows shown; null: all, in insertion order. */
  order: number[] | null
  /** Loaded rows by number: a new map after each change. */
  rows: ReadonlyMap<number, GridRowView>
  /** The message for what could not be loaded. */
  error: string | null
  /** Rows were answered since the order was computed. */
  stale: boolean
}

interface Source {
  grid: typeof readGrid
  rows: typeof readRows
  view: typeof readView
}

export class GridStore extends Store<GridShown> {
  private wanted: [from: number, to: number] = [0, 0]
  private readonly asked = new Set<number>()
  /** Rows that changed while being loaded. */
  private readonly again = new Set<number>()
  private views = 0
  /** Number of events received. */
  private heard = 0

  constructor(
    head: GridHead,
    private readonly source: Source = { grid: readGrid, rows: readRows, view: readView },
  ) {
    super({ head, query: DEFAULT_VIEW_QUERY, order: null, rows: new Map(), error: null, stale: false })
  }

  get count(): number {
    const { order, head } = this.get()
    return order ? order.length : head.progress.rows
  }

  numberAt = (place: number): number => this.get().order?.[place] ?? place

  /** Sets the range of rows in view. Loads missing ones, and one batch before and after, so that scrolling finds them. */
  want(from: number, to: number): void {
    this.wanted = [from, to]
    const { rows } = this.get()
    const missing: number[] = []
    const first = Math.max(0, (Math.floor(from / TOGETHER) - 1) * TOGETHER)
    const last = Math.min(this.count, (Math.ceil(to / TOGETHER) + 1) * TOGETHER)
    for (let place = first; place < last; place++) {
      const number = this.numberAt(place)
      if (!rows.has(number) && !this.asked.has(number)) missing.push(number)
    }
    for (let at = 0; at < missing.length; at += TOGETHER) void this.fetch(missing.slice(at, at + TOGETHER))
  }

  /** Changes the order, search or filter. */
  async look(query: ViewQuery): Promise<void> {
    const view = ++this.views
    this.change({ query })
    try {
      const order = isPlain(query) ? null : await this.source.view(this.get().head.id, query)
      if (view !== this.views) return
      this.change({ order, error: null, stale: false })
      this.want(...this.wanted)
    } catch (error) {
      if (view === this.views) this.change({ error: sentenceOf(error) })
    }
  }

  setHead(head: GridHead): void {
    this.change({ head })
  }

  setRows(changed: GridRowView[]): void {
    const rows = new Map(this.get().rows)
    for (const row of changed) {
      rows.delete(row.number)
      rows.set(row.number, row)
    }
    this.change({ rows: this.bounded(rows), error: null })
  }

  hear = ({ id, rows, progress }: GridNews): void => {
    const { head, rows: known, order } = this.get()
    if (id !== head.id || progress === null) return
    this.heard++
    const changed = rows === null ? [...known.keys(), ...this.asked] : rows
    const stopped = progress.state !== "running" && head.progress.state === "running"
    this.change({ head: { ...head, progress }, stale: order !== null })
    this.forget(changed)
    // Fetched for the reason of a pause, which is in the reader's language.
    if (stopped || progress.state === "paused") void this.refreshHead()
  }

  /** Events may have been missed. */
  missed = (): void => {
    void this.refreshHead()
    this.forget([...this.get().rows.keys()])
  }

  /** Reloads the grid's state; repeats if an event arrived during the request, since the result may be older. */
  async refreshHead(): Promise<void> {
    try {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const { heard } = this
        const head = await this.source.grid(this.get().head.id)
        if (heard !== this.heard && tries + 1 < MAX_TRIES) continue
        this.change({ head })
        return
      }
    } catch (error) {
      this.change({ error: sentenceOf(error) })
    }
  }

  /** Reloads rows near the viewport, showing the old ones until then, and drops the rest. */
  private forget(numbers: number[]): void {
    const [from, to] = this.wanted
    const near = new Set<number>()
    for (let place = from; place < Math.min(to, this.count); place++) near.add(this.numberAt(place))
    const rows = new Map(this.get().rows)
    for (const number of numbers) if (!near.has(number)) rows.delete(number)
    this.change({ rows })
    for (const number of numbers) if (this.asked.has(number)) this.again.add(number)
    const seen = numbers.filter((number) => near.has(number) && !this.asked.has(number))
    for (let at = 0; at < seen.length; at += TOGETHER) void this.fetch(seen.slice(at, at + TOGETHER))
  }

  private async fetch(numbers: number[]): Promise<void> {
    for (const number of numbers) this.asked.add(number)
    try {
      this.setRows(await this.source.rows(this.get().head.id, numbers))
    } catch (error) {
      this.change({ error: sentenceOf(error) })
    } finally {
      for (const number of numbers) this.asked.delete(number)
    }
    const changed = numbers.filter((number) => this.again.delete(number))
    if (changed.length > 0) await this.fetch(changed)
  }

  /** Evicts the rows loaded longest ago, except those in view. */
  private bounded(rows: Map<number, GridRowView>): Map<number, GridRowView> {
    if (rows.size <= MAX_KEPT) return rows
    const [from, to] = this.wanted
    const near = new Set(Array.from({ length: Math.max(0, to - from) }, (_, at) => this.numberAt(from + at)))
    for (const number of rows.keys()) {
      if (rows.size <= MAX_KEPT) break
      if (!near.has(number)) rows.delete(number)
    }
    return rows
  }

  private change(change: Partial<GridShown>): void {
    this.set({ ...this.get(), ...change })
  }
}
