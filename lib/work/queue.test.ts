import { expect, test } from "vitest"
import { FairQueue } from "@/lib/work/queue"

test("users take turns, each with its oldest request first", () => {
  const queue = new FairQueue<{ person: string; n: number }>()
  for (const [person, n] of [
    ["a", 1],
    ["a", 2],
    ["a", 3],
    ["b", 4],
    ["c", 5],
    ["b", 6],
  ] as const)
    queue.push({ person, n })
  expect([queue.size, queue.waitingFor("a"), queue.waitingFor("x")]).toEqual([6, 3, 0])
  expect(queue.take((person) => person !== "a")?.n).toBe(4)
  expect([1, 2, 3, 4, 5].map(() => queue.take(() => true)?.n)).toEqual([1, 5, 6, 2, 3])
  expect(queue.take(() => true)).toBeUndefined()
  expect(queue.size).toBe(0)
})
