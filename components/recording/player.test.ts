/** Tests of playback timing: paused, faster, at once, and restarted; the answer is always the same. */
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Player } from "@/components/recording/player"
import type { Frame } from "@/lib/recording/timeline"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const metadata = (status: string) => ({ parentId: "q", createdAt: "2026-11-30T20:00:00.000Z", status })
const frame = (at: number, ...chunks: object[]) => ({ at, anew: false, chunks }) as Frame
const delta = (text: string) => ({ type: "text-delta", id: "1", delta: text })
const FRAMES = [
  { ...frame(0, { type: "start", messageMetadata: metadata("streaming") }), anew: true },
  frame(1_000, { type: "text-start", id: "1" }, delta("one ")),
  frame(3_000, delta("two ")),
  frame(4_000, delta("three"), { type: "text-end", id: "1" }),
  frame(4_000, {
    type: "message-metadata",
    messageMetadata: { ...metadata("complete"), usage: { input: 1, output: 3 } },
  }),
]

const playerOf = (frames: Frame[]) => new Player({ frames, id: "a", ended: "It ended.", now: () => Date.now() })
const seen = ({ state }: Player) => {
  const { message, at, running, over } = state.get()
  const text = message?.parts.map((part) => (part.type === "text" ? part.text : "")).join("")
  return { text, status: message?.metadata?.status, at: Math.round(at / 100) * 100, running, over }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test("plays at the recorded speed", async () => {
  const player = playerOf(FRAMES)
  player.play()
  await pass(500)
  expect(seen(player)).toMatchObject({ text: "", status: "streaming", running: true })
  await pass(600)
  expect(seen(player)).toMatchObject({ text: "one " })
  await pass(1_500)
  expect(seen(player)).toMatchObject({ text: "one " })
  await pass(1_600)
  expect(seen(player)).toEqual({ text: "one two three", status: "complete", at: 4_000, running: false, over: true })
  expect(player.state.get().message?.metadata?.usage).toEqual({ input: 1, output: 3 })
})

test("a pause stops playback, and paused time does not count", async () => {
  const player = playerOf(FRAMES)
  player.play()
  await pass(1_100)
  player.pause()
  await pass(60_000)
  expect(seen(player)).toMatchObject({ text: "one ", running: false })
  player.play()
  await pass(1_000)
  expect(seen(player)).toMatchObject({ text: "one " })
  await pass(1_200)
  expect(seen(player)).toMatchObject({ text: "one two " })
})

test("plays at four times the speed, then all at once, then from the beginning", async () => {
  const player = playerOf(FRAMES)
  player.setSpeed(4)
  player.play()
  await pass(800)
  expect(seen(player)).toMatchObject({ text: "one two " })
  player.setSpeed(0)
  await pass(0)
  expect(seen(player)).toMatchObject({ text: "one two three", over: true })
  player.setSpeed(1)
  player.restart()
  await pass(100)
  expect(seen(player)).toMatchObject({ text: "", running: true, over: false })
})

test("a run that continues an answer starts with the whole answer", async () => {
  const again = [{ type: "text-start", id: "1" }, delta("one, two")]
  const player = playerOf([...FRAMES.slice(0, 3), { ...frame(5_000, ...again), anew: true }])
  player.setSpeed(0)
  player.play()
  await pass(0)
  expect(seen(player).text).toBe("one, two")
})

test("when the recording ends before its answer, the answer is interrupted and its calls have no result", async () => {
  const call = { type: "tool-input-available", toolCallId: "c", toolName: "calculate", input: {} }
  const player = playerOf([...FRAMES.slice(0, 2), frame(1_500, call)])
  player.setSpeed(0)
  player.play()
  await pass(0)
  const { message } = player.state.get()
  expect(message?.metadata?.status).toBe("interrupted")
  expect(message?.parts.at(-1)).toMatchObject({ state: "output-error", errorText: "It ended." })
})
