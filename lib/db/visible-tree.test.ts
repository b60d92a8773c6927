import { expect, test } from "vitest"
import { pathTo } from "@/lib/chat/tree"
import { visibleFrom, withoutDeleted } from "@/lib/db/visible-tree"

/** Pseudorandom numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

test("whatever is deleted from a tree, each remaining message keeps its remaining ancestors", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomOf(seed)
    const nodes = Array.from({ length: 30 }, (_, n) => ({
      id: String(n),
      parentId: n === 0 || random() < 0.1 ? null : String(Math.floor(random() * n)),
      deletedAt: random() < 0.4 ? new Date() : null,
    }))
    const left = withoutDeleted(nodes)
    expect(left.map(({ id }) => id)).toEqual(nodes.filter(({ deletedAt }) => !deletedAt).map(({ id }) => id))
    for (const { id } of left) {
      const before = pathTo(nodes, id).filter(({ deletedAt }) => !deletedAt)
      expect(pathTo(left, id).map((node) => node.id)).toEqual(before.map((node) => node.id))
    }
    for (const { id } of nodes) {
      const end = pathTo(nodes, id).findLast(({ deletedAt }) => !deletedAt)
      expect(visibleFrom(nodes, id)).toBe(end?.id ?? null)
    }
    // Restored messages return to their place.
    const back = nodes.map((node) => ({ ...node, deletedAt: null }))
    expect(withoutDeleted(back)).toBe(back)
  }
})

test("a cycle of deleted messages leads nowhere, and a long chain of them is walked only once", () => {
  const gone = { deletedAt: new Date() }
  const circle = [
    { id: "a", parentId: "b", ...gone },
    { id: "b", parentId: "a", ...gone },
    { id: "c", parentId: "a", deletedAt: null },
  ]
  expect(withoutDeleted(circle)).toEqual([{ id: "c", parentId: null, deletedAt: null }])
  const row = Array.from({ length: 20_000 }, (_, n) => ({ id: String(n), parentId: n ? String(n - 1) : null, ...gone }))
  const ends = Array.from({ length: 20_000 }, (_, n) => ({ id: `x${n}`, parentId: "19999", deletedAt: null }))
  expect(withoutDeleted([...row, ...ends]).every(({ parentId }) => parentId === null)).toBe(true)
})
