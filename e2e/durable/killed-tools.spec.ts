/** kill -9 while a call is in each of its states: after the restart its state is told, what waits goes on, and the next turn works. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { type App, freePort, startApp } from "@/e2e/support/app"
import { API_KEY, expect, MODEL, test } from "@/e2e/support/fixtures"
import { Guest, newTurn, type Turn, textOf } from "@/e2e/support/guest"
import { checkStored, loggedEvents } from "@/e2e/support/stored"
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

const TOOLS = pathToFileURL(path.join(import.meta.dirname, "../support/tool-that-asks.mjs")).href
const INTERRUPTED = "The server stopped before this tool finished."

/** An event stream that brings these pieces and then nothing any more. */
const held =
  (...pieces: string[]): Script =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    for (const piece of pieces) response.write(piece)
  }
const calls = (id: string, name: string, args: unknown) =>
  stream(call(id, name, JSON.stringify(args)), finish("tool_calls"))

interface Killed {
  guest: Guest
  turn: Turn
  /** The answer after the restart, and its call. */
  answer: ChatMessage
  part: CallPart
}
type CallPart = Extract<ChatMessage["parts"][number], { toolCallId: string }>

interface State {
  /** The model's steps; the next one of each conversation is the next question. */
  steps: Script[]
  /** In the log of the answer, or in what the process printed, once the state is reached; null: the answer has ended with it. */
  reached: string | null
  /** The call after the restart. */
  told: Record<string, unknown>
  /** What the person or a page does then; nothing where the answer was interrupted. */
  goOn?: (killed: Killed) => Promise<Response>
}

const result = ({ guest, turn, answer, part }: Killed, holder: string | undefined, output: unknown) =>
  guest.request(`/api/chat/${turn.conversationId}/results`, {
    ...{ messageId: answer.id, toolCallId: part.toolCallId, holder, generationId: randomUUID() },
    result: { kind: "output", output },
  })

const question = { id: "what", type: "text", question: "What?" }
/** The page that runs the code. */
const holder = randomUUID()

/** By the question that leads there. */
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
    goOn: ({ guest, turn, answer, part }) =>
      guest.request(`/api/chat/${turn.conversationId}/approvals`, {
        ...{ messageId: answer.id, approvalId: part.approval?.id, approved: true, generationId: randomUUID() },
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
    reached: "counting Oslo",
    told: { state: "output-error", input: { location: "Oslo" }, errorText: INTERRUPTED },
  },
  "running in the sandbox": {
    steps: [calls("c-page", "run_javascript", { code: "return 6 * 7" }), stream(text("It is 42."), finish())],
    reached: null,
    told: { state: "input-available" },
    goOn: (killed) => result(killed, holder, { printed: "", value: "42", tookMs: 1 }),
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

const answerIn = async (guest: Guest, { conversationId }: Turn) =>
  (await guest.view(conversationId))?.messages.findLast(({ role }) => role === "assistant")
const callIn = (answer: ChatMessage | undefined) => answer?.parts.find((part): part is CallPart => "toolCallId" in part)

async function reach(app: App, guest: Guest, name: string): Promise<Turn> {
  const turn = newTurn(randomUUID(), name)
  const over = guest.ask(turn).catch(() => {})
  const { reached } = STATES[name] ?? {}
  if (reached) await expect.poll(() => app.log() + loggedEvents(app.dataDir), { message: name }).toContain(reached)
  else await over
  return turn
}

test("kill -9 in each state of a tool: it is told after the restart, and the next turn works", async () => {
  test.setTimeout(120_000)
  const upstream = await startRawUpstream(MODEL)
  scripted(upstream)
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-killed-"))
  const env = {
    ...{ FIREWORKS_API_KEY: API_KEY, FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: MODEL, TITLE_MODEL: MODEL },
    NODE_OPTIONS: `--import=${TOOLS}`,
  }
  const place = { dataDir, port: await freePort(), env }
  let app = await startApp(place)
  try {
    const guest = await Guest.arrive(app.url)
    const turns = new Map<string, Turn>()
    for (const name of Object.keys(STATES)) turns.set(name, await reach(app, guest, name))
    // The page holds the call that it runs.
    const page = turns.get("running in the sandbox")
    const running = page && (await answerIn(guest, page))
    const claimed = await guest.request(`/api/chat/${page?.conversationId}/calls`, {
      ...{ messageId: running?.id, toolCallId: callIn(running)?.toolCallId, holder },
    })
    expect(claimed.status).toBe(200)
    await app.kill9()
    app = await startApp(place)
    checkStored(dataDir, { atRest: true })
    for (const [name, turn] of turns) await test.step(name, () => checkKilled(guest, turn, STATES[name]))
    checkStored(dataDir, { atRest: true })
  } finally {
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  await upstream.close()
})

async function checkKilled(guest: Guest, turn: Turn, state: State | undefined): Promise<void> {
  const answer = await answerIn(guest, turn)
  const part = callIn(answer)
  if (!state || !answer || !part) throw new Error("no call is told")
  expect(part).toMatchObject(state.told)
  expect(answer.metadata?.status).toBe(state.goOn ? "complete" : "interrupted")
  if (state.goOn) {
    const gone = await state.goOn({ guest, turn, answer, part })
    expect(gone.status, await gone.text()).toBeLessThan(300)
    await expect.poll(async () => callIn(await answerIn(guest, turn))?.state).toBe("output-available")
    await expect
      .poll(async () => (await answerIn(guest, turn))?.metadata)
      .toMatchObject({ status: "complete", finishReason: "stop" })
  }
  // What the model server is sent then is checked where it comes.
  const next = newTurn(turn.conversationId, "And now?")
  await guest.ask(next)
  expect(next.finished).toBe(true)
  const last = await answerIn(guest, turn)
  expect(last && textOf(last)).toBe("And on.")
}
