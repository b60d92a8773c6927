import { expect, test } from "vitest"
import { pageStorage } from "@/components/base/storage"
import { PersistedQueue } from "@/components/session/persisted-queue"
import { turn } from "@/components/session/reduce.fixture"

/** A simulated page: pages that share a storage see each other's writes. */
function page(storage: ReturnType<typeof pageStorage>, target = new EventTarget()) {
  let shown: string[] = []
  const queue = new PersistedQueue("c")
  const leave = queue.open(storage, target, (turns) => {
    shown = turns.map(({ id }) => id)
  })
  return { queue, shown: () => shown, leave, target }
}

test("the queue is restored after a reload, with the message being sent first", () => {
  const storage = pageStorage()
  const { queue } = page(storage)
  queue.keep([turn("b")], turn("a"))
  expect(page(storage).shown()).toEqual(["a", "b"])
  queue.keep([], null)
  expect([page(storage).shown(), storage.getItem("sparkler:queue:c")]).toEqual([[], null])
})

test("changes in other tabs are received until the page is left", () => {
  const storage = pageStorage()
  const one = page(storage)
  const other = page(storage)
  const hear = (key: string | null) => other.target.dispatchEvent(Object.assign(new Event("storage"), { key }))
  one.queue.keep([turn("a")], null)
  hear("sparkler:queue:d")
  expect(other.shown()).toEqual([])
  hear("sparkler:queue:c@ann")
  expect(other.shown()).toEqual(["a"])
  one.queue.keep([], null)
  hear(null)
  expect(other.shown(), "storage was cleared").toEqual([])
  other.leave()
  one.queue.keep([turn("a")], null)
  hear("sparkler:queue:c")
  expect(other.shown()).toEqual([])
})
