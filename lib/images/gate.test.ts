import { expect, test } from "vitest"
import { Gate } from "@/lib/images/gate"

/** A piece of work that ends when it is told to. */
function piece() {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work: () => done, end }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test("one works alone: behind those that run, before those that come later", async () => {
  const gate = new Gate()
  const log: string[] = []
  const [a, b, alone, late] = [piece(), piece(), piece(), piece()]
  const run = (name: string, one: ReturnType<typeof piece>, how: "beside" | "alone") =>
    gate[how](async () => {
      log.push(`${name} begins`)
      await one.work()
      log.push(`${name} ends`)
    })
  const all = [run("a", a, "beside"), run("b", b, "beside"), run("alone", alone, "alone"), run("late", late, "beside")]
  await settled()
  expect(log).toEqual(["a begins", "b begins"])
  a.end()
  await settled()
  expect(log).toEqual(["a begins", "b begins", "a ends"])
  b.end()
  await settled()
  expect(log.slice(3)).toEqual(["b ends", "alone begins"])
  alone.end()
  await settled()
  late.end()
  await Promise.all(all)
  expect(log.slice(5)).toEqual(["alone ends", "late begins", "late ends"])
})

test("what fails leaves its place", async () => {
  const gate = new Gate()
  await expect(gate.alone(async () => Promise.reject(new Error("no")))).rejects.toThrow("no")
  expect(await gate.beside(async () => 1)).toBe(1)
})
