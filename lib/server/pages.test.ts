import { EventEmitter } from "node:events"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { inTurn } from "@/lib/server/pages.mjs"

class Response extends EventEmitter {
  destroyed = false
}

let begun: string[] = []
function ask(name: string): Response {
  const response = new Response()
  inTurn(response, () => begun.push(name))
  return response
}

beforeEach(() => {
  begun = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

test("two pages are rendered concurrently, the others in order", () => {
  const first = ask("first")
  ask("second")
  ask("third")
  ask("fourth")
  expect(begun).toEqual(["first", "second"])
  first.emit("close")
  vi.advanceTimersByTime(1)
  expect(begun).toEqual(["first", "second", "third"])
})

test("a page waiting for I/O makes room, and one whose client has disconnected is not rendered", () => {
  ask("first")
  ask("second")
  ask("left").destroyed = true
  ask("fourth")
  vi.advanceTimersByTime(1_000)
  expect(begun).toEqual(["first", "second", "fourth"])
})
