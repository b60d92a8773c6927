import { EventEmitter } from "node:events"
import { expect, test } from "vitest"
import { shutDownOnSignal } from "@/lib/server/retire"

test("a repeated SIGTERM shuts down once without killing the process; Ctrl+C after it still stops immediately", () => {
  const told = new EventEmitter()
  const ends: string[] = []
  shutDownOnSignal((signal) => void ends.push(signal), told)
  // Without a listener, Node.js would end the process.
  expect([told.emit("SIGTERM"), told.emit("SIGTERM"), told.emit("SIGTERM")]).toEqual([true, true, true])
  expect(ends).toEqual(["SIGTERM"])
  expect(told.emit("SIGINT")).toBe(true)
  expect(ends).toEqual(["SIGTERM", "SIGINT"])
  expect(told.emit("SIGINT")).toBe(false)
})
