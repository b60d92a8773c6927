/**
 * The fast lane compared with the AI SDK alone: whatever a model server sends and however the network splits it, the
 * parts of the answer are the same.
 */
import { isStepCount, experimental_streamTextLowMemory as streamText, toUIMessageChunk, type UIMessageChunk } from "ai"
import { afterAll, beforeAll, expect, test } from "vitest"
import { languageModel } from "@/lib/ai/provider"
import { toolsFor } from "@/lib/ai/tools"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { answer } from "@/lib/generation/answer"
import { type GenerationJob, newProgress } from "@/lib/generation/job"
import { partsOf } from "@/lib/generation/log/chunks"
import { call, chunk, finish, type RawUpstream, startRawUpstream, text } from "@/lib/generation/raw-upstream.fixture"
import { Thoughts } from "@/lib/generation/thinking/thoughts"
import type { MessageParts } from "@/lib/messages/parts"
import type { ModelInfo } from "@/lib/models/model.types"

let upstream: RawUpstream
let testDb: TestDatabase
beforeAll(async () => {
  upstream = await startRawUpstream("m")
  Object.assign(process.env, { FIREWORKS_API_KEY: "fw-test", FIREWORKS_BASE_URL: upstream.url })
  // Needed to look up whose key pays.
  testDb = await withTestDb()
})
afterAll(async () => {
  await upstream.close()
  await testDb.close()
})

const thought = (reasoning_content: string) => chunk({ reasoning_content })
const beginning = chunk({ role: "assistant", content: "" })

/** Named server events; one name may stand for several. */
const EVENTS: Record<string, string> = {
  T: text("so "),
  U: text("it is. "),
  E: text(""),
  R: thought("hm "),
  S: thought("well "),
  B: beginning,
  role: chunk({ role: "assistant", content: "I " }),
  both: chunk({ content: "both", reasoning_content: "kinds" }),
  refusal: chunk({ refusal: "no" }),
  array: chunk({ content: [{ type: "text", text: "array" }] }),
  ping: `: ping\n${text("behind a comment ")}`,
  comment: ": ping\n\n",
  lt: text("a <"),
  tag: text("<think>tagged </think>"),
  open: text("<thi"),
  close: text("nk>inside</think>"),
  end: text("\n</think>\n\n"),
  half: text("4</thi"),
  rest: text("nk>so"),
  reasoning: chunk({ reasoning: "hm " }),
  usage: chunk({ content: "counted " }, null, { usage: { prompt_tokens: 1 }, provider: "P" }),
  call: call("1", "no_such_tool", "{}"),
}

const MODEL: ModelInfo = {
  ...{ id: "m", name: "M", upstream: "fireworks", contextTokens: null, price: null },
  ...{
    tools: true,
    images: false,
    efforts: null,
    outputTokens: null,
    deprecation: null,
    retired: false,
    successor: null,
  },
}

const job = (): GenerationJob => ({
  ...{ generationId: "g", messageId: "m", parentId: "p", conversationId: "c", userId: "u" },
  createdAt: new Date(),
  model: MODEL,
  history: async () => ({ messages: [{ role: "user", content: "x" }], tokens: 1 }),
})

async function byLane(): Promise<MessageParts> {
  const chunks: UIMessageChunk[] = []
  await answer(job(), newProgress(job()), new AbortController().signal, (one) => chunks.push(one))
  return partsOf(chunks)
}

async function bySdk(): Promise<MessageParts> {
  const chunks: UIMessageChunk[] = []
  const thoughts = new Thoughts((one) => chunks.push(one))
  const { tools } = await toolsFor({ userId: "u", conversationId: "c", settings: {} })
  const result = streamText({
    model: languageModel({ model: MODEL, conversationId: "c", userId: "u" }),
    messages: [{ role: "user", content: "x" }],
    tools,
    stopWhen: isStepCount(8),
    maxRetries: 0,
    onError: () => {},
  })
  for await (const part of result.stream) {
    const one = toUIMessageChunk(part, { tools, sendStart: false, sendFinish: false })
    if (one && one.type !== "error") thoughts.take(one)
  }
  thoughts.end()
  return partsOf(chunks)
}

const shown = (parts: MessageParts) =>
  parts.flatMap((part) => {
    if (part.type === "text" || part.type === "reasoning") return part.text === "" ? [] : [`${part.type} ${part.text}`]
    return part.type === "step-start" ? [] : [part.type]
  })

/** Serves an answer made of these events, with reads split at each "|", in two steps if a tool is called. */
function serve(names: string[]): void {
  let asked = 0
  upstream.script = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    const called = names.includes("call") && asked++ === 0
    for (const read of (called || asked === 0 ? names.join(" ") : "B T U T").split("|")) {
      response.write(
        read
          .trim()
          .split(" ")
          .map((name) => EVENTS[name] ?? "")
          .join(""),
      )
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    response.end(finish(called ? "tool_calls" : "stop"))
  }
}

async function compare(names: string[]): Promise<void> {
  serve(names)
  const ours = shown(await byLane())
  serve(names)
  expect(ours, names.join(" ")).toEqual(shown(await bySdk()))
}

test.each([
  "B T R U",
  "T | R | T | U",
  "R S T U R S T U",
  "R | S T | U R | T",
  "T refusal T U",
  "T | refusal | T | U | T",
  "ping T U",
  "B T | ping | U",
  "T array T U",
  "T both U T",
  "R S tag R S T U",
  "T tag U | T | U",
  "T open close U | T",
  "lt T | lt | U",
  "E R E T E | U",
  "role role T | role",
  "T U call T",
  "R call S T U",
  "call T U",
  "comment T | comment | U",
  "tag | T | U",
  "open | close T | U",
  "T | U end T | U",
  "T U | half | rest T",
  "T end call T",
  "reasoning | usage | T | usage | reasoning T",
])("%s", (names) => compare(names.split(" ")))

test("randomly generated answers", async () => {
  const names = [...Object.keys(EVENTS).filter((name) => name !== "call"), "T", "T", "R", "U", "|", "|", "|", "|"]
  let seed = 20261128
  const next = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % most
  }
  for (let run = 0; run < 120; run++)
    await compare(Array.from({ length: 3 + next(12) }, () => names[next(names.length)] ?? "T"))
})
