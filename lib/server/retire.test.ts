import { EventEmitter } from "node:events"
import { expect, test } from "vitest"
import { endWhenTold } from "@/lib/server/retire"

test("SIGTERM that comes twice ends the process once, and doesn't kill it; Ctrl+C after it still means now", () => {
  const told = new EventEmitter()
  const ends: string[] = []
  endWhenTold((signal) => void ends.push(signal), told)
  // Without a listener, Node.js would end the process.
  expect([told.emit("SIGTERM"), told.emit("SIGTERM"), told.emit("SIGTERM")]).toEqual([true, true, true])
  expect(ends).toEqual(["SIGTERM"])
  expect(told.emit("SIGINT")).toBe(true)
  expect(ends).toEqual(["SIGTERM", "SIGINT"])
  expect(told.emit("SIGINT")).toBe(false)
})
