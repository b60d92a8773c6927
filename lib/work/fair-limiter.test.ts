import { setImmediate as nextTurn } from "node:timers/promises"
import { expect, test } from "vitest"
import { createFairLimiter } from "@/lib/work/fair-limiter"

test("one user's tasks run one at a time, and another user's do not wait for them", async () => {
  const limited = createFairLimiter(2, 1)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (person: string, name: string) =>
    limited(person, async () => {
      begun.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
    })
  const all = [ask("a", "a1"), ask("a", "a2"), ask("a", "a3"), ask("b", "b1"), ask("c", "c1")]
  await nextTurn()
  expect(begun).toEqual(["a1", "b1"])
  ends.get("b1")?.()
  await nextTurn()
  expect(begun).toEqual(["a1", "b1", "c1"])
  ends.get("a1")?.()
  await nextTurn()
  expect(begun).toEqual(["a1", "b1", "c1", "a2"])
  for (const name of ["a2", "c1"]) ends.get(name)?.()
  await nextTurn()
  ends.get("a3")?.()
  await Promise.all(all)
  expect(begun.at(-1)).toBe("a3")
})

test("a failed task makes room for the next", async () => {
  const limited = createFairLimiter(1, 1)
  const failed = limited("a", () => Promise.reject(new Error("no")))
  await expect(failed).rejects.toThrow("no")
  await expect(limited("a", async () => "yes")).resolves.toBe("yes")
})
