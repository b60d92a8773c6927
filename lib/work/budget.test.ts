import { expect, test } from "vitest"
import { Budget } from "@/lib/work/budget"

/** A pool whose tasks take this many megabytes each, until they end. */
class Pool {
  running = 0
  shedding = 0
  constructor(
    private readonly budget: Budget,
    private readonly mb: number,
    public waiting = 0,
  ) {}

  advance(): void {
    for (; this.waiting > 0; this.waiting--, this.running++) if (!this.budget.take(this, this.mb)) return
    this.budget.leave(this)
  }

  shed(): void {
    this.shedding++
  }

  ask(count = 1): void {
    this.waiting += count
    this.advance()
  }

  end(): void {
    this.running--
    this.budget.give(this.mb)
  }
}

test("all pools together stay within the budget, and released capacity is reused immediately", () => {
  const budget = new Budget(540)
  const [pictures, documents] = [new Pool(budget, 270), new Pool(budget, 270)]
  pictures.ask(2)
  documents.ask(2)
  expect([pictures.running, documents.running]).toEqual([2, 0])
  pictures.end()
  expect([pictures.running, documents.running]).toEqual([1, 1])
  documents.end()
  pictures.end()
  expect([pictures.running, documents.running, documents.waiting]).toEqual([0, 1, 0])
})

test("a task that needs the whole budget waits for running ones and goes before later ones", () => {
  const budget = new Budget(540)
  const [small, large] = [new Pool(budget, 270), new Pool(budget, 540)]
  small.ask()
  large.ask()
  small.ask(2)
  expect([small.running, large.running]).toEqual([1, 0])
  small.end()
  expect([small.running, large.running]).toEqual([0, 1])
  large.end()
  expect([small.running, large.running]).toEqual([2, 0])
})

test("capacity a pool holds idle is released once another pool starts", () => {
  const budget = new Budget(540)
  const [one, other] = [new Pool(budget, 270), new Pool(budget, 270)]
  one.ask()
  one.end()
  one.ask()
  expect(one.shedding).toBe(0)
  other.ask()
  expect([one.shedding, other.shedding]).toEqual([1, 0])
})

test("pools take turns", () => {
  const budget = new Budget(270)
  const [one, other] = [new Pool(budget, 270), new Pool(budget, 270)]
  one.ask(3)
  other.ask(3)
  const order: string[] = []
  while (one.running + other.running > 0) {
    order.push(one.running > 0 ? "one" : "other")
    if (one.running > 0) one.end()
    else other.end()
  }
  // The first pool runs one task, and its next one was queued first.
  expect(order).toEqual(["one", "one", "other", "one", "other", "other"])
})
