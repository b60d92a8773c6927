import { expect, test } from "vitest"
import { MessageQueue, type QueuedTurn } from "@/components/session/queue"

const turn = (id: string): QueuedTurn => ({
  id,
  responseId: `${id}-answer`,
  text: id,
  images: [],
  files: [],
  output: null,
})

/** A page with the browser's storage. */
function page(kept: Map<string, string>) {
  let shown: string[] = []
  const queue = new MessageQueue("c", (turns) => {
    shown = turns.map(({ id }) => id)
  })
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => Boolean(kept.set(key, value)),
    removeItem: (key: string) => void kept.delete(key),
  }
  queue.load(storage, new EventTarget())
  return { queue, shown: () => shown }
}

test("what is being sent does not wait any more, and is there again when the page is left before it has arrived", () => {
  const kept = new Map<string, string>()
  const { queue, shown } = page(kept)
  queue.add(turn("a"))
  queue.add(turn("b"))
  const taken = queue.take("a")
  if (taken) queue.sends(taken)
  expect(shown()).toEqual(["b"])
  expect(page(kept).shown(), "a reload").toEqual(["a", "b"])
  queue.arrived()
  expect(page(kept).shown()).toEqual(["b"])
})

test("what the server refuses waits before the others again", () => {
  const kept = new Map<string, string>()
  const { queue, shown } = page(kept)
  queue.add(turn("a"))
  queue.add(turn("b"))
  const taken = queue.take("a")
  if (taken) {
    queue.sends(taken)
    queue.putFirst(taken)
  }
  expect(shown()).toEqual(["a", "b"])
  expect(page(kept).shown()).toEqual(["a", "b"])
})

test("what the conversation holds already does not wait", () => {
  const { queue, shown } = page(new Map())
  queue.add(turn("a"))
  queue.add(turn("b"))
  queue.forget(new Set(["a", "other"]))
  expect(shown()).toEqual(["b"])
})
