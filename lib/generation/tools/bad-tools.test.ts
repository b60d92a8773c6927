/**
 * Tools that misbehave, and invalid calls: the user and the model are told, and both the answer and the chat continue.
 */
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { addedTools } from "@/lib/ai/tools"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import { live, setUpFaults } from "@/lib/generation/faults.fixture"
import { call, finish, type Script, stream, text } from "@/lib/generation/raw-upstream.fixture"
import { sentence } from "@/lib/i18n/sentences"

setUpFaults()

let run: (input: { place: string }) => unknown
const got: unknown[] = []
beforeEach(() => {
  got.length = 0
  addedTools().push(
    defineTool({
      name: "look",
      description: "Look at a place.",
      input: z.object({ place: z.string().min(1), days: z.number().int().default(1) }),
      output: z.object({ seen: z.string() }),
      limits: { timeMs: 100, resultChars: 200, atOnce: 2 },
      may: { useNetwork: false, runUnasked: true },
      run: async (input) => {
        got.push(input)
        return z.any().parse(await run(input))
      },
    }),
  )
  run = ({ place }) => ({ seen: place })
})
afterEach(() => void addedTools().pop())

/** The first answer makes the calls, later ones are text. */
const calling = (...calls: string[]): Script => {
  let asked = 0
  return (response, request) =>
    stream(...(asked++ === 0 ? [...calls, finish("tool_calls")] : [text("So be it."), finish()]))(response, request)
}
const look = (args: unknown, id = "c1", index = 0) =>
  call(id, "look", typeof args === "string" ? args : JSON.stringify(args), index)

type Live = Awaited<ReturnType<typeof live>>
const partsOf = ({ answer }: Live) => answer?.parts.filter((part) => "toolCallId" in part) ?? []
const toldIn = ({ asked }: Live) =>
  (asked[1]?.messages ?? []).flatMap(({ role, content }) => (role === "tool" ? [String(content)] : []))

const cycle: { seen: string; self?: unknown } = { seen: "x" }
cycle.self = cycle

const BROKEN: [what: string, run: typeof run, told: RegExp][] = [
  [
    "throws at once",
    () => {
      throw new Error("no lens")
    },
    /no lens/,
  ],
  [
    "throws something that is no error",
    () => {
      throw "a text"
    },
    /a text/,
  ],
  [
    "throws nothing",
    () => {
      throw undefined
    },
    /failed|unknown error/i,
  ],
  ["rejects later", () => Promise.reject(new TypeError("no light")), /no light/],
  [
    "says its own sentence",
    () => {
      throw new ToolError(sentence("tool:late"))
    },
    /took too long/,
  ],
  ["never ends", () => new Promise(() => {}), /took too long/],
  ["returns nothing", () => undefined, /can't be read/],
  ["returns another shape", () => ({ saw: 7 }), /can't be read/],
  ["returns a list", () => [1, 2], /can't be read/],
]

test.each(BROKEN)("a tool that %s: the model is told, and the chat continues", async (_, how, told) => {
  run = how
  const lived = await live(calling(look({ place: "Oslo" })))
  expect(lived.text).toBe("So be it.")
  expect(lived.answer?.metadata?.status).toBe("complete")
  expect(partsOf(lived)).toMatchObject([{ state: "output-error", errorText: expect.stringMatching(told) }])
  expect(toldIn(lived)).toMatchObject([expect.stringMatching(told)])
  // Reveals nothing about this process's location.
  expect(JSON.stringify([lived.answer, lived.asked])).not.toMatch(/node_modules|\.test\.ts| at \w+ \(/)
})

test("tool output outside its schema is dropped, including cycles", async () => {
  run = () => cycle
  const lived = await live(calling(look({ place: "Oslo" })))
  expect(partsOf(lived)).toMatchObject([{ state: "output-available", output: { seen: "x" } }])
  expect(toldIn(lived)).toEqual(['{"seen":"x"}'])
})

test("unexpected arguments are dropped, and missing ones get their defaults", async () => {
  const lived = await live(calling(look({ place: "Oslo", mood: "good", __proto__: { days: 9 } })))
  expect(got).toEqual([{ place: "Oslo", days: 1 }])
  expect(partsOf(lived)).toMatchObject([{ state: "output-available" }])
})

test.each([
  ["a number as text is one", '{"place": "Oslo", "days": "3"}', { place: "Oslo", days: 3 }],
  ["a fence around them", '```json\n{"place": "Oslo"}\n```', { place: "Oslo", days: 1 }],
  ["a comma too many", '{"place": "Oslo",}', { place: "Oslo", days: 1 }],
])("invalid arguments are repaired once: %s", async (_, args, expected) => {
  await live(calling(look(args)))
  expect(got).toEqual([expected])
})

test.each([
  ["one is missing", "{}", /place/],
  ["one is empty", '{"place": ""}', /place/],
  ["one is of another kind", '{"place": ["Oslo"], "days": {}}', /days/],
  ["they are cut", '{"place": "Os', /JSON/],
  ["they are no JSON", "Oslo", /JSON/],
])("a call that can't be repaired is not run, and the model is told what is wrong: %s", async (_, args, told) => {
  const lived = await live(calling(look(args)))
  expect(got).toEqual([])
  expect(partsOf(lived)).toMatchObject([{ state: "output-error" }])
  expect(toldIn(lived)).toMatchObject([expect.stringMatching(told)])
  expect(lived.text).toBe("So be it.")
})

test("two calls with the same id in one step both run, each with its own result", async () => {
  const lived = await live(calling(look({ place: "Oslo" }, "same"), look({ place: "Rome" }, "same", 1)))
  expect(got).toHaveLength(2)
  expect(toldIn(lived)).toEqual(['{"seen":"Oslo"}', '{"seen":"Rome"}'])
  expect(new Set(partsOf(lived).map((part) => "toolCallId" in part && part.toolCallId)).size).toBe(2)
})

test("a broken call does not affect the others", async () => {
  run = ({ place }) => {
    if (place === "Rome") throw new Error("no lens")
    return { seen: place }
  }
  const calls = ["Oslo", "Rome", "Bern"].map((place, at) => look({ place }, `c${at}`, at))
  const lived = await live(calling(...calls))
  expect(partsOf(lived).map((part) => "state" in part && part.state)).toEqual([
    "output-available",
    "output-error",
    "output-available",
  ])
})
