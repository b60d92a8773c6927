import type { UIMessageChunk } from "ai"
import { expect, test } from "vitest"
import { FastLane } from "@/lib/ai/wire/fast-lane"

/** A lane in its second step, whose parts the SDK opens, unless it is `fresh`. */
function open({ fresh = false } = {}) {
  const written: string[] = []
  const lane = new FastLane((chunk) => written.push("delta" in chunk ? `${chunk.type} ${chunk.delta}` : chunk.type))
  if (!fresh) lane.pass({ type: "finish-step" })
  written.length = 0
  const pass = (type: "text" | "reasoning", delta: string) => lane.pass({ type: `${type}-delta`, id: "1", delta })
  const start: UIMessageChunk = { type: "text-start", id: "1" }
  return { lane, written, pass, start }
}

test("a first delta after another event comes through the SDK, later ones as they arrive, and nothing twice", () => {
  const { lane, written, pass, start } = open()
  expect(lane.take("text", "a")).toBe(false)
  lane.pass(start)
  expect(lane.take("text", "b"), "the first is not written yet").toBe(false)
  pass("text", "a")
  expect(lane.take("text", "c"), "nor the second").toBe(false)
  pass("text", "b")
  pass("text", "c")
  expect(lane.take("text", "d")).toBe(true)
  expect(lane.take("text", "e")).toBe(true)
  pass("text", "d")
  expect(lane.take("text", "f")).toBe(true)
  pass("text", "ef")
  lane.pass({ type: "text-end", id: "1" })
  expect(written).toEqual([
    "text-start",
    "text-delta a",
    "text-delta b",
    "text-delta c",
    "text-delta d",
    "text-delta e",
    "text-delta f",
    "text-end",
  ])
})

test("a merged SDK delta is written only from where the reader left off", () => {
  const { lane, written, pass, start } = open()
  lane.take("text", "a")
  lane.pass(start)
  lane.take("text", "b")
  pass("text", "ab")
  expect(lane.take("text", "c"), "caught up").toBe(true)
  pass("text", "cd")
  expect(written.slice(1)).toEqual(["text-delta ab", "text-delta c", "text-delta d"])
})

test("nothing is written for a part that has ended", () => {
  const { lane, pass, start } = open()
  lane.take("text", "a")
  lane.pass(start)
  pass("text", "a")
  lane.pass({ type: "text-end", id: "1" })
  expect(lane.take("text", "b")).toBe(false)
})

test("an answer starting with text starts immediately, and the SDK's start is skipped", () => {
  const { lane, written, pass } = open({ fresh: true })
  expect(lane.take("text", "a")).toBe(true)
  expect(lane.take("text", "b")).toBe(true)
  lane.pass({ type: "start-step" })
  lane.pass({ type: "text-start", id: "1" })
  pass("text", "ab")
  expect(lane.take("text", "<think>"), "whatever it says").toBe(true)
  pass("text", "<think>")
  lane.pass({ type: "text-end", id: "1" })
  lane.pass({ type: "finish-step" })
  lane.pass({ type: "start-step" })
  expect(lane.take("text", "c"), "the next step is the SDK's to begin").toBe(false)
  expect(written).toEqual([
    "start-step",
    "text-start",
    "text-delta a",
    "text-delta b",
    "text-delta <think>",
    "text-end",
    "finish-step",
    "start-step",
  ])
})

test("a part started here keeps its id to the end", () => {
  const ids: string[] = []
  const lane = new FastLane((chunk) => "id" in chunk && chunk.id && ids.push(`${chunk.type} ${chunk.id}`))
  lane.take("reasoning", "hm")
  lane.pass({ type: "start-step" })
  lane.pass({ type: "reasoning-start", id: "r" })
  lane.pass({ type: "reasoning-delta", id: "r", delta: "hm, so" })
  lane.pass({ type: "reasoning-end", id: "r" })
  lane.pass({ type: "text-start", id: "t" })
  lane.pass({ type: "text-delta", id: "t", delta: "Yes" })
  lane.pass({ type: "text-end", id: "t" })
  expect(ids).toEqual([
    "reasoning-start first",
    "reasoning-delta first",
    "reasoning-delta first",
    "reasoning-end first",
    "text-start t",
    "text-delta t",
    "text-end t",
  ])
})

test("a step started by the SDK is not started twice", () => {
  const { lane, written } = open({ fresh: true })
  lane.pass({ type: "start-step" })
  lane.take("text", "a")
  expect(written).toEqual(["start-step", "text-start", "text-delta a"])
})

test("text after thinking waits until the SDK has ended one part and started the other", () => {
  const { lane, written, pass } = open({ fresh: true })
  expect(lane.take("text", "a")).toBe(true)
  expect(lane.take("reasoning", "r")).toBe(false)
  expect(lane.take("text", "b")).toBe(false)
  lane.pass({ type: "start-step" })
  lane.pass({ type: "text-start", id: "1" })
  pass("text", "a")
  lane.pass({ type: "text-end", id: "1" })
  lane.pass({ type: "reasoning-start", id: "2" })
  expect(lane.take("text", "c"), "thinking is still to come").toBe(false)
  lane.pass({ type: "reasoning-delta", id: "2", delta: "r" })
  lane.pass({ type: "reasoning-end", id: "2" })
  lane.pass({ type: "text-start", id: "3" })
  lane.pass({ type: "text-delta", id: "3", delta: "bc" })
  expect(lane.take("text", "d"), "caught up").toBe(true)
  expect(written.slice(2)).toEqual([
    "text-delta a",
    "text-end",
    "reasoning-start",
    "reasoning-delta r",
    "reasoning-end",
    "text-start",
    "text-delta bc",
    "text-delta d",
  ])
})

test("after an event only the SDK can handle, nothing is written until the step ends", () => {
  const { lane, written, pass } = open({ fresh: true })
  lane.take("text", "a")
  lane.other()
  expect(lane.take("text", "c")).toBe(false)
  lane.pass({ type: "text-start", id: "1" })
  pass("text", "abc")
  expect(lane.take("text", "d")).toBe(false)
  expect(written.slice(2)).toEqual(["text-delta a", "text-delta bc"])
})
