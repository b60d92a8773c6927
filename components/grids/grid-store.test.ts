import { expect, test } from "vitest"
import { DEFAULT_VIEW_QUERY, GridStore } from "@/components/grids/grid-store"
import type { GridProgress } from "@/lib/grids/contract/grid"
import type { GridHead, GridRowView } from "@/lib/grids/types"

const progress = (rows: number, more: Partial<GridProgress> = {}): GridProgress => ({
  ...{ state: "running", upTo: null, rows, places: [], expectedUsd: null, secondsLeft: null, stopped: null },
  ...more,
})
const headOf = (rows: number, more: Partial<GridProgress> = {}): GridHead => ({
  ...{ id: "g", title: "g", instructions: "", models: ["m"], settings: {}, columns: [], outputColumns: [] },
  ...{ createdAt: "", updatedAt: "", spendLimitUsd: null, progress: progress(rows, more) },
  output: { type: "json_schema", name: "g", schema: {} },
})

function storeOf(rows: number) {
  const asked: number[][] = []
  let version = 0
  const heads: GridHead[] = []
  const store = new GridStore(headOf(rows), {
    grid: async () => heads.shift() ?? headOf(rows),
    rows: async (_, numbers) => {
      asked.push(numbers)
      const read = version
      return numbers.map((number): GridRowView => ({ number, input: { text: `${number} v${read}` }, answers: [] }))
    },
    view: async (_, { q }) => (q ? [7, 3, 250] : []),
  })
  const text = (number: number) => {
    const input = store.get().rows.get(number)?.input
    return input && "text" in input ? input.text : null
  }
  return { store, asked, heads, text, next: () => version++ }
}

test("visible rows are fetched once, in batches", async () => {
  const { store, asked, text } = storeOf(5_000)
  store.want(0, 30)
  store.want(5, 35)
  await expect.poll(() => text(99)).toBe("99 v0")
  const pieces = () => asked.map((piece) => [piece[0], piece.length])
  expect(pieces(), "and the batch after it").toEqual([
    [0, 100],
    [100, 100],
  ])
  store.want(280, 320)
  await expect.poll(() => text(320)).toBe("320 v0")
  expect(pieces().slice(2)).toEqual([
    [200, 100],
    [300, 100],
    [400, 100],
  ])
})

test("a bounded number of rows is kept while scrolling, including the visible ones", async () => {
  const { store, text } = storeOf(5_000)
  for (let from = 0; from < 5_000; from += 100) {
    store.want(from, from + 40)
    await expect.poll(() => text(from)).not.toBeNull()
  }
  expect(store.get().rows.size).toBeLessThanOrEqual(1_500)
  expect(text(4_900)).not.toBeNull()
})

test("visible rows that changed are refetched, even if changed during a fetch", async () => {
  const { store, text, next } = storeOf(1_000)
  store.want(0, 30)
  next()
  store.hear({ id: "g", rows: [3], progress: progress(1_000) })
  await expect.poll(() => text(3)).toBe("3 v1")
  store.want(500, 530)
  await expect.poll(() => text(500)).toBe("500 v1")
  next()
  store.hear({ id: "g", rows: null, progress: progress(1_000) })
  await expect.poll(() => text(500)).toBe("500 v2")
  expect(text(3), "out of view").toBeNull()
  store.hear({ id: "other", rows: null, progress: progress(1) })
  expect(store.count).toBe(1_000)
})

test("a search shows matching rows in order; later updates only mark it as stale", async () => {
  const { store, text } = storeOf(1_000)
  store.want(0, 30)
  await store.look({ ...DEFAULT_VIEW_QUERY, q: "x" })
  expect([store.count, store.numberAt(0), store.numberAt(2)]).toEqual([3, 7, 250])
  await expect.poll(() => text(250)).toBe("250 v0")
  store.hear({ id: "g", rows: [900], progress: progress(1_000) })
  expect(store.get()).toMatchObject({ order: [7, 3, 250], stale: true })
  await store.look(DEFAULT_VIEW_QUERY)
  expect(store.count).toBe(1_000)
})

test("the pause reason is fetched when the grid is paused", async () => {
  const { store, heads } = storeOf(10)
  heads.push(headOf(10, { state: "paused", stopped: "The spend limit is reached." }))
  store.hear({ id: "g", rows: [], progress: progress(10, { state: "paused" }) })
  await expect.poll(() => store.get().head.progress.stopped).toBe("The spend limit is reached.")
})

test("the status is refetched after an update during the fetch, since the response may be stale", async () => {
  const answers: ((head: GridHead) => void)[] = []
  const store = new GridStore(headOf(3), {
    grid: () => new Promise((resolve) => answers.push(resolve)),
    rows: async () => [],
    view: async () => [],
  })
  const reading = store.refreshHead()
  store.hear({ id: "g", rows: [], progress: progress(3, { secondsLeft: 1 }) })
  answers.shift()?.(headOf(3, { secondsLeft: 9 }))
  await expect.poll(() => answers.length).toBe(1)
  expect(store.get().head.progress.secondsLeft).toBe(1)
  answers.shift()?.(headOf(3, { secondsLeft: 0 }))
  await reading
  expect(store.get().head.progress.secondsLeft).toBe(0)
})
