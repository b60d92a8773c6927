/** What a model server receives over several tool steps, and in the turn after them: exactly the documented format. */
import { expect, test } from "vitest"
import { contractViolation } from "@/lib/demo/protocol/contract"
import { setUpFaults, upstream } from "@/lib/generation/faults.fixture"
import { ask, eventsOf, send, stored } from "@/lib/generation/generation.fixture"
import { type Asked, call, chunk, finish, type Script, stream, text } from "@/lib/generation/raw-upstream.fixture"

setUpFaults()

/** `calculate` exists in every process and needs no network. */
const sum = (id: string, expression: string, index = 0) => call(id, "calculate", JSON.stringify({ expression }), index)

/** Answers each question with the next of these. */
const inTurn = (...steps: string[][]): Script => {
  let next = 0
  return (response, asked) => stream(...(steps[next++] ?? []))(response, asked)
}

const called = (...calls: [id: string, name: string, args: string][]) => ({
  role: "assistant",
  tool_calls: calls.map(([id, name, args]) => ({ id, type: "function", function: { name, arguments: args } })),
})
const expression = (one: string) => JSON.stringify({ expression: one })
const resultOf = (id: string) => ({ role: "tool", tool_call_id: id, content: expect.any(String) })

async function exchange(id: string | undefined, question: string, ...steps: string[][]) {
  upstream.asked = []
  upstream.script = inTurn(...steps)
  const request = ask(question, id ? { id } : {})
  await eventsOf((await send(request)).response)
  return { id: request.id, asked: [...upstream.asked] }
}

/** The bodies hold nothing else, and each result directly follows the calls it belongs to. */
function expectDocumented(asked: Asked[]): void {
  for (const body of asked) {
    expect(contractViolation(body)).toBeNull()
    let open: string[] = []
    for (const message of body.messages) {
      if (message.role === "tool") {
        expect(Object.keys(message).sort()).toEqual(["content", "role", "tool_call_id"])
        expect(message.tool_call_id).toBe(open.shift())
        continue
      }
      expect(open, "calls without a result").toEqual([])
      open = (message.tool_calls ?? []).map(({ id }) => id)
      expect(new Set(open).size).toBe(open.length)
    }
    expect(open).toEqual([])
  }
  for (const [at, { messages, tools }] of asked.entries()) {
    const before = asked[at - 1]
    if (!before) continue
    expect(messages.slice(0, before.messages.length), "it goes on where the one before ended").toEqual(before.messages)
    expect(tools).toEqual(before.tools)
  }
}

test("three steps, the first with two parallel calls: each request body, and the turn after a reload", async () => {
  const { id, asked } = await exchange(
    undefined,
    "Do the sums",
    [text("Both at once. "), sum("a1", "1 + 1"), sum("a2", "2 + 2", 1), finish("tool_calls")],
    [sum("b1", "3 + 3"), finish("tool_calls")],
    [text("One more. "), sum("c1", "4 + 4"), finish("tool_calls")],
    [text("Done."), finish()],
  )
  expectDocumented(asked)
  const turns = [
    { role: "user", content: "Do the sums" },
    {
      ...called(["a1", "calculate", expression("1 + 1")], ["a2", "calculate", expression("2 + 2")]),
      content: "Both at once. ",
    },
    resultOf("a1"),
    resultOf("a2"),
    called(["b1", "calculate", expression("3 + 3")]),
    resultOf("b1"),
    { ...called(["c1", "calculate", expression("4 + 4")]), content: "One more. " },
    resultOf("c1"),
  ]
  expect(asked.map(({ messages }) => messages.length - 1)).toEqual([1, 4, 6, 8])
  expect(asked.at(-1)?.messages.slice(1)).toMatchObject(turns)
  for (const [result, value] of [
    ["a1", "2"],
    ["a2", "4"],
    ["b1", "6"],
    ["c1", "8"],
  ] as const)
    expect(asked.at(-1)?.messages.find((one) => one.tool_call_id === result)?.content).toContain(`"${value}"`)
  // Reads from the database, as after a reload and a restart.
  expect((await stored(id)).at(-1)?.metadata?.status).toBe("complete")
  const next = await exchange(id, "And now?", [text("And on."), finish()])
  expectDocumented([...asked, ...next.asked])
  expect(next.asked[0]?.messages.slice(asked.at(-1)?.messages.length)).toEqual([
    { role: "assistant", content: "Done." },
    { role: "user", content: "And now?" },
  ])
})

test("interleaved argument fragments of two calls are assembled as written", async () => {
  const piece = (index: number, args: string) => chunk({ tool_calls: [{ index, function: { arguments: args } }] })
  const { asked } = await exchange(
    undefined,
    "Do the sums",
    [
      call("p1", "calculate", ""),
      call("p2", "calculate", "", 1),
      ...[piece(0, '{"expression"'), piece(1, '{"expression":'), piece(0, ':"5'), piece(1, '"6"}'), piece(0, '"}')],
      finish("tool_calls"),
    ],
    [text("Done."), finish()],
  )
  expectDocumented(asked)
  expect(asked[1]?.messages[2]).toMatchObject(
    called(["p1", "calculate", expression("5")], ["p2", "calculate", expression("6")]),
  )
})

test("duplicate ids within a step and across steps become unique ids, each with its result", async () => {
  const { id, asked } = await exchange(
    undefined,
    "Do the sums",
    [sum("same", "1 + 1"), sum("same", "2 + 2", 1), finish("tool_calls")],
    [sum("same", "3 + 3"), finish("tool_calls")],
    [text("Done."), finish()],
  )
  expectDocumented(asked)
  const results = asked.at(-1)?.messages.filter(({ role }) => role === "tool") ?? []
  expect(results.map(({ content }) => content)).toEqual(
    ["2", "4", "6"].map((value) => expect.stringContaining(`"${value}"`)),
  )
  expect(new Set(results.map(({ tool_call_id }) => tool_call_id)).size).toBe(3)
  const next = await exchange(id, "And now?", [text("And on."), finish()])
  expectDocumented([...asked, ...next.asked])
})

const WRONG = [
  call("odd", "calculate", '{"expressions": 7}', 1),
  call("no", "launch_rocket", "{}", 2),
  call("cut", "calculate", '{"expression": "1 +', 3),
  call("list", "calculate", '["1 + 1"]', 4),
  call("fails", "calculate", '{"expression": "1 +"}', 5),
]

test("a failed call and a call to an unknown tool next to one that works: each has its result, also after a reload", async () => {
  const { id, asked } = await exchange(
    undefined,
    "Do the sums",
    [sum("ok", "1 + 1"), ...WRONG, finish("tool_calls")],
    [text("Done."), finish()],
  )
  expectDocumented(asked)
  const results = asked.at(-1)?.messages.filter(({ role }) => role === "tool") ?? []
  const [, odd, no, cut] = results.map(({ content }) => String(content))
  expect(odd).toBe("Invalid input for tool calculate: expression: Invalid input: expected string, received undefined")
  expect(no).toMatch(/^Model tried to call unavailable tool 'launch_rocket'. Available tools: .*calculate/)
  expect(cut).toMatch(/^Invalid input for tool calculate: .*JSON/)
  const next = await exchange(id, "And now?", [text("And on."), finish()])
  expectDocumented([...asked, ...next.asked])
})
