import type { UIMessageChunk } from "ai"
import { expect, test } from "vitest"
import { partsOf } from "@/lib/generation/log/chunks"
import { Thoughts } from "@/lib/generation/thinking/thoughts"

const START: UIMessageChunk = { type: "start-step" }
const delta = (text: string, id = "1"): UIMessageChunk => ({ type: "text-delta", id, delta: text })
const textPart = (pieces: string[], id = "1"): UIMessageChunk[] => [
  { type: "text-start", id },
  ...pieces.map((piece) => delta(piece, id)),
  { type: "text-end", id },
]

/** The parts of an answer, as read from a log of these chunks. */
async function shown(chunks: UIMessageChunk[]): Promise<string[]> {
  const written: UIMessageChunk[] = []
  const thoughts = new Thoughts((chunk) => written.push(chunk))
  for (const chunk of chunks) thoughts.take(chunk)
  thoughts.end()
  return (await partsOf(written)).flatMap((part) => {
    if (part.type === "text") return [part.text]
    if (part.type === "reasoning") return [`(${part.text})`]
    return part.type === "step-start" ? [] : [part.type]
  })
}

/** An answer with one text, split into pieces of every length. */
async function read(text: string): Promise<string[]> {
  const whole = await shown([START, ...textPart([text])])
  for (const length of [1, 2, 5, 9]) {
    const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, n) =>
      text.slice(n * length, (n + 1) * length),
    )
    expect(await shown([START, ...textPart(pieces)]), `in pieces of ${length}`).toEqual(whole)
  }
  return whole
}

test.each([
  ["<think>Add them.</think>4", ["(Add them.)", "4"]],
  ["\n <think>\nAdd them.\n</think>\n\n4", ["(Add them.)", "4"]],
  ["<think>\n\n</think>\n\n4", ["4"]],
  ["<think>Add", ["(Add)"]],
  ["<think>Add</thi", ["(Add</thi)"]],
  ["<think>", []],
  ["<think>It says `</think>`, so</think>4", ["(It says `</think>`, so)", "4"]],
  // Not nested: the servers of these models (vLLM, SGLang, llama.cpp) end reasoning at the first end tag, however many
  // were opened.
  ["<think>First <think> again.</think>4", ["(First <think> again.)", "4"]],
  ["<think>a<think>b</think>c</think>4", ["(a<think>b)", "c</think>4"]],
  ["[THINK]Add[/THINK]4", ["(Add)", "4"]],
  ["<seed:think>Add</seed:think>4", ["(Add)", "4"]],
  ["◁think▷Add◁/think▷4", ["(Add)", "4"]],
  ["<|channel|>analysis<|message|>Add<|end|><|start|>assistant<|channel|>final<|message|>4", ["(Add)", "4"]],
  ["<think>a</think>\n\n    code", ["(a)", "    code"]],
  ["</think>\n\n4", ["4"]],
  // Uppercase, with attributes and whitespace, and tags of other models.
  ["<THINK>Add</Think>4", ["(Add)", "4"]],
  ['<think type="deep">Add</think >4', ["(Add)", "4"]],
  ["<think\n>Add</think\n>4", ["(Add)", "4"]],
  ["<thinking>Add</thinking>4", ["(Add)", "4"]],
  ["<thought>Add</thought>4", ["(Add)", "4"]],
  ["<reasoning>Add</reasoning>\n4", ["(Add)", "4"]],
  ["<mm:think>Add</mm:think>4", ["(Add)", "4"]],
  ["<longcat_think>Add</longcat_think>4", ["(Add)", "4"]],
  ["<|begin_of_thought|>Add<|end_of_thought|>4", ["(Add)", "4"]],
  [
    "<|start|>assistant<|channel|>analysis<|message|>Add<|end|><|start|>assistant<|channel|>final<|message|>4",
    ["(Add)", "4"],
  ],
  ["\u200b<think>Add</think>4", ["(Add)", "4"]],
  ["\ufeff\n<think>Add</think>4", ["(Add)", "4"]],
  // Twice, before anything else.
  ["<think>a</think><think>b</think>4", ["(a)", "(b)", "4"]],
  ["<think>a</think>\n\n<think>b</think>\n\n4", ["(a)", "(b)", "4"]],
  ["<think>a</think></think>4", ["(a)", "4"]],
  ["</think></think>4", ["4"]],
  ["Add.\n</think>\n<think>b</think>4", ["(Add.)", "(b)", "4"]],
  ["<think>a</thinking>b</think>4", ["(a</thinking>b)", "4"]],
])("%j starts with thinking", async (text, parts) => {
  expect(await read(text)).toEqual(parts)
})

test.each([
  ["Add them.\n</think>\n\n4", ["(Add them.)", "4"]],
  ["Add them.</think>4", ["(Add them.)", "4"]],
  ["Add them. </think>\n4", ["(Add them.)", "4"]],
  ["Add them.</think>\n\n`4`", ["(Add them.)", "`4`"]],
  ["Add them\n</think>**4**", ["(Add them)", "**4**"]],
  [
    "A list:\n- a\n- b\n\n```js\nx\n```\n\nSo.\n</think>\n\n# Four",
    ["(A list:\n- a\n- b\n\n```js\nx\n```\n\nSo.)", "# Four"],
  ],
  ["The ` sign.\n\nSo.\n</think>\n\n4", ["(The ` sign.\n\nSo.)", "4"]],
  ["The ` sign, so.\n</think>\n\nand `4`", ["(The ` sign, so.)", "and `4`"]],
  ["Add them.\n</think>\n\nClose with `</think>`.", ["(Add them.)", "Close with `</think>`."]],
  ["Add them.\n</think>\n\nOne.\n</think>\n\nTwo.", ["(Add them.)", "One.\n</think>\n\nTwo."]],
  ["Add them.\n</think>", ["(Add them.)"]],
  ["Plan.</seed:think>4", ["(Plan.)", "4"]],
  ["Plan.</THINK>4", ["(Plan.)", "4"]],
  ["Plan.\n</thinking>\n\n4", ["(Plan.)", "4"]],
  ["嗯。</think>\n\n答案是4。", ["(嗯。)", "答案是4。"]],
  ["Plan.\r\n</think>\r\n\r\n4", ["(Plan.)", "4"]],
])("%j ends its thinking", async (text, parts) => {
  expect(await read(text)).toEqual(parts)
})

test.each([
  "Put it into `<think>` and `</think>` tags.",
  "Use <think> before and </think> after it.",
  "```\n<think>\nx\n</think>\n```\nSo.",
  "Like this:\n\n```html\n<think>x</think>\n```\n\n~~~\n</think>\n~~~",
  "Like this:\n\n    </think>\n\nSo.",
  "The tag is </think>, as in HTML.",
  "You close it with </think> at the end.",
  'The tag "</think>" closes it.',
  "# Tags\n\nIt ends so:\n</think>\n\nand goes on.",
  '{"tag": "</think>"}',
  "<b>bold</b>\n</think>\n\nx",
  "a < b and </thin",
  "So <think>not at the beginning</think> it is.",
  "``a ` </think> b``",
  "<thinker>hm</thinker> is my tag",
  "<think-aloud>x</think-aloud> is no tag",
  "&lt;think&gt;a&lt;/think&gt;4",
  "So <thinking>not at the beginning</thinking> it is.",
  "用 </think> 结束思考。",
  "<thi",
])("%j is text", async (text) => {
  expect(await read(text)).toEqual([text])
})

test("each step starts fresh", async () => {
  const end: UIMessageChunk = { type: "finish-step" }
  const one = [START, ...textPart(["<think>a</think>", "b"]), end]
  const two = [START, ...textPart(["c", "</think>d"]), end]
  expect(await shown([...one, ...two, ...one])).toEqual(["(a)", "b", "(c)", "d", "(a)", "b"])
})

test("after native reasoning or a tool call, think tags are text", async () => {
  const thought: UIMessageChunk[] = [
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", delta: "hm" },
    { type: "reasoning-end", id: "r" },
  ]
  expect(await shown([START, ...thought, ...textPart(["a\n</think>\n\nb"])])).toEqual(["(hm)", "a\n</think>\n\nb"])
  expect(await shown([START, ...thought, ...textPart(["<think>a</think>b"])])).toEqual(["(hm)", "<think>a</think>b"])
  expect(await shown([START, ...thought, ...textPart(["</think>\n\nb"])])).toEqual(["(hm)", "b"])
  const call: UIMessageChunk = { type: "tool-input-available", toolCallId: "c", toolName: "x", input: {} }
  const [start = START, ...rest] = textPart(["a", "\n</think>\n\nb"])
  expect(await shown([START, start, delta("a"), call, ...rest.slice(1)])).toEqual(["a\n</think>\n\nb", "tool-x"])
})

test("plain text is emitted as it arrives", () => {
  const written: string[] = []
  const thoughts = new Thoughts((chunk) => "delta" in chunk && written.push(chunk.delta))
  thoughts.take(START)
  thoughts.take({ type: "text-start", id: "1" })
  for (const piece of ["H", "ello ", "a < b ", "[x] ", "`y`"]) {
    thoughts.take(delta(piece))
    expect(written.pop()).toBe(piece)
  }
})

test("text with many tags is parsed in reasonable time", () => {
  const thoughts = new Thoughts(() => {})
  const before = process.cpuUsage()
  thoughts.take(START)
  thoughts.take({ type: "text-start", id: "1" })
  for (let n = 0; n < 40_000; n++) thoughts.take(delta("see </think> there "))
  thoughts.end()
  // CPU time, because wall time includes other processes.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
})
