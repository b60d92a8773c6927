/**
 * kill -9 while a call is in each of its states: after the restart its state is shown, what waits continues, and the
 * next turn works.
 */
import { randomUUID } from "node:crypto"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Hub, startHub } from "@/lib/bus/hub.fixture"
import { config } from "@/lib/config"
import { ask, MODEL, setUp, started, textOf, user } from "@/lib/generation/generation.fixture"
import { type Doing, Process } from "@/lib/generation/processes.fixture"
import {
  call,
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
} from "@/lib/generation/raw-upstream.fixture"
import type { ChatMessage } from "@/lib/messages/types"

setUp()

const TOOLS = pathToFileURL(path.join(import.meta.dirname, "../../e2e/support/tool-that-asks.mjs")).href
const INTERRUPTED = "The server stopped before this tool finished."

/** An event stream that sends these pieces and then nothing. */
const held =
  (...pieces: string[]): Script =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const piece of pieces) response.write(piece)
  }
const calls = (id: string, name: string, args: unknown) =>
  stream(call(id, name, JSON.stringify(args)), finish("tool_calls"))

interface Killed {
  process: Process
  conversationId: string
  /** The answer after the restart, and its call. */
  answer: ChatMessage
  part: CallPart
}
type CallPart = Extract<ChatMessage["parts"][number], { toolCallId: string }>

interface State {
  /** The model's responses; each request of the conversation gets the next one. */
  steps: Script[]
  /** Text in the answer's log once the state is reached; null: the answer has ended in that state. */
  reached: string | null
  /** The call after the restart. */
  told: Record<string, unknown>
  /** What the user or a page does next; omitted where the answer was interrupted. */
  goOn?: (killed: Killed) => Promise<unknown>
}

const result = ({ process, conversationId, answer, part }: Killed, holder: string | undefined, output: unknown) =>
  process.call("result", user, conversationId, {
    ...{ messageId: answer.id, toolCallId: part.toolCallId, generationId: randomUUID() },
    ...(holder && { holder }),
    result: { kind: "output", output },
  })

const question = { id: "what", type: "text", question: "What?" }
/** The page that runs the code. */
const holder = randomUUID()

/** Keyed by the question that leads to the state. */
const STATES: Record<string, State> = {
  "arguments streaming": {
    steps: [held(text("So. "), call("c-args", "calculate", '{"expression": "1 +'))],
    reached: "c-args",
    told: { state: "output-error", errorText: INTERRUPTED },
  },
  "waiting for approval": {
    steps: [calls("c-asks", "erase_note", { location: "Paris" }), stream(text("Erased."), finish())],
    reached: null,
    told: { state: "approval-requested", input: { location: "Paris" } },
    goOn: ({ process, conversationId, answer, part }) =>
      process.call("approve", user, conversationId, {
        ...{ messageId: answer.id, approvalId: part.approval?.id ?? "", approved: true, generationId: randomUUID() },
      }),
  },
  "asking the person": {
    steps: [calls("c-form", "ask_user", { questions: [question] }), stream(text("Thanks."), finish())],
    reached: null,
    told: { state: "input-available" },
    goOn: (killed) => result(killed, undefined, { answers: { what: "Roses" } }),
  },
  "running on the server": {
    steps: [calls("c-runs", "count_stars", { location: "Oslo" })],
    reached: '"progress":{"done":1',
    told: { state: "output-error", input: { location: "Oslo" }, errorText: INTERRUPTED },
  },
  "running in the sandbox": {
    steps: [calls("c-page", "run_inside", { code: "return 6 * 7" }), stream(text("It is 42."), finish())],
    reached: null,
    told: { state: "input-available" },
    goOn: (killed) => result(killed, holder, { value: "42" }),
  },
  "between steps": {
    steps: [calls("c-done", "calculate", { expression: "40 + 2" }), held(text("It"))],
    reached: '"It"',
    told: { state: "output-available", output: { lines: [{ result: "42" }] } },
  },
}

function scripted(upstream: RawUpstream): void {
  const step = new Map<string, number>()
  upstream.script = (response, asked) => {
    const said = JSON.stringify(asked.messages.findLast(({ role }) => role === "user")?.content)
    const name = Object.keys(STATES).find((one) => said.includes(one)) ?? ""
    const next = step.get(name) ?? 0
    step.set(name, next + 1)
    const script = STATES[name]?.steps[next] ?? stream(text("And on."), finish())
    return script(response, asked)
  }
}

const answersIn = async (process: Process, conversationId: string): Promise<ChatMessage[]> =>
  ((await process.call("view", user.id, conversationId))?.messages ?? []).filter(({ role }) => role === "assistant")
const lastIn = async (process: Process, conversationId: string) => (await answersIn(process, conversationId)).at(-1)
const callIn = (answer: ChatMessage | undefined) => answer?.parts.find((part): part is CallPart => "toolCallId" in part)

/** What a crash leaves of the open answers. */
const logged = async () =>
  JSON.stringify(await started.testDb.database.generationChunk.findMany({ select: { events: true } })).replaceAll(
    '\\"',
    '"',
  )

let upstream: RawUpstream
let hub: Hub
beforeAll(async () => {
  upstream = await startRawUpstream(MODEL)
  scripted(upstream)
  hub = await startHub()
  Object.assign(process.env, { FIREWORKS_BASE_URL: upstream.url, DATA_DIR: config().dataDir })
})
afterAll(async () => {
  await hub.close()
  await upstream.close()
})

/** A server process with the tools of this test. */
async function startProcess(): Promise<Process> {
  process.env.NODE_OPTIONS = `--import=${TOOLS}`
  try {
    return await Process.start(hub)
  } finally {
    delete process.env.NODE_OPTIONS
  }
}

async function reach(server: Process, name: string): Promise<string> {
  const request = ask(name)
  const sent: Doing<boolean> = server.begin("send", user, request)
  const { reached } = STATES[name] ?? {}
  if (!reached) await sent.done
  else await expect.poll(logged, { message: name, timeout: 60_000 }).toContain(reached)
  return request.id
}

test("kill -9 in each tool state: it is reported after the restart, and the next turn works", async () => {
  const first = await startProcess()
  const chats = new Map<string, string>()
  for (const name of Object.keys(STATES)) chats.set(name, await reach(first, name))
  // The page holds the lease of the call that it runs.
  const page = chats.get("running in the sandbox") ?? ""
  const running = await lastIn(first, page)
  const toolCallId = callIn(running)?.toolCallId ?? ""
  await first.call("claim", user, page, { messageId: running?.id ?? "", toolCallId, holder })
  await first.end()
  const second = await startProcess()
  try {
    for (const [name, conversationId] of chats) await checkKilled(second, conversationId, name)
  } finally {
    await second.end()
  }
})

async function checkKilled(server: Process, conversationId: string, name: string): Promise<void> {
  const state = STATES[name]
  const answer = await lastIn(server, conversationId)
  const part = callIn(answer)
  if (!state || !answer || !part) throw new Error(`${name}: no call is told`)
  expect(part, name).toMatchObject(state.told)
  expect(answer.metadata?.status, name).toBe(state.goOn ? "complete" : "interrupted")
  if (state.goOn) {
    await state.goOn({ process: server, conversationId, answer, part })
    await server.call("settled")
    const gone = await lastIn(server, conversationId)
    expect(callIn(gone), name).toMatchObject({ state: "output-available" })
    expect(gone?.metadata, name).toMatchObject({ status: "complete", finishReason: "stop" })
  }
  // The requests to the model server are checked where it receives them.
  expect(await server.call("send", user, ask("And now?", { id: conversationId }))).toBe(true)
  expect(textOf(await lastIn(server, conversationId)), name).toBe("And on.")
}
