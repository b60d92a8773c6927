/** One of several processes on one database, started by `processes.fixture.ts`, which sends it commands over IPC. */
import { joinProcesses } from "@/lib/bus/here"
import { connectHub } from "@/lib/bus/hub-client.fixture"
import { newsBlocks } from "@/lib/chat/news/news-stream"
import type {
  ApprovalRequest,
  ChatRequest,
  ClaimRequest,
  ContinueRequest,
  ResultRequest,
  SteerRequest,
} from "@/lib/chat/requests"
import { acceptMessage } from "@/lib/generation/accept"
import { followConversation, followMessages, type Place } from "@/lib/generation/attach"
import { answerApproval } from "@/lib/generation/calls/approvals"
import { claimCall, takeResult } from "@/lib/generation/calls/page-calls"
import { continueAnswer } from "@/lib/generation/continue"
import { startLifecycle } from "@/lib/generation/lifecycle"
import { recoverAbandoned } from "@/lib/generation/recover"
import { runtime } from "@/lib/generation/runtime"
import { steerAnswer } from "@/lib/generation/steer"
import { stopConversation } from "@/lib/generation/stop"
import { viewWithRunning } from "@/lib/generation/view"
import { singleton } from "@/lib/singleton"

type User = Parameters<typeof acceptMessage>[0]
/** Receives output that arrives before the end. */
type Part = (text: string) => void

const never = new AbortController().signal

async function readAll(response: Response | null, part: Part): Promise<boolean> {
  const decoder = new TextDecoder()
  for await (const bytes of response?.body ?? []) part(decoder.decode(bytes, { stream: true }))
  return response !== null
}

const calls = {
  accept: (_: Part, user: User, request: ChatRequest) => acceptMessage(user, request),
  /** Like `POST /api/chat`. Resolves at the end of the stream; false when there is none. */
  send: async (part: Part, user: User, request: ChatRequest) => {
    const { answerIds } = await acceptMessage(user, request)
    return readAll(
      await followMessages(user.id, answerIds, { signal: never, named: request.compare !== undefined }),
      part,
    )
  },
  follow: async (part: Part, userId: string, id: string, places: Place[], named?: boolean) =>
    readAll(await followConversation(userId, id, places, { signal: never, named }), part),
  stop: (_: Part, userId: string, id: string, messageId?: string) => stopConversation(userId, id, messageId),
  continue: (_: Part, user: User, id: string, request: ContinueRequest) => continueAnswer(user, id, request),
  steer: (_: Part, user: User, id: string, request: SteerRequest) => steerAnswer(user, id, request),
  view: (_: Part, userId: string, id: string) => viewWithRunning(userId, id),
  approve: (_: Part, user: User, id: string, request: ApprovalRequest) => answerApproval(user, id, request),
  claim: (_: Part, user: User, id: string, request: ClaimRequest) => claimCall(user, id, request),
  result: (_: Part, user: User, id: string, request: ResultRequest) => takeResult(user, id, request),
  /** Resolves when nothing runs here anymore and all recordings are stored. */
  settled: async () => void (await Promise.all([...runtime().saving.values()].map(({ stored }) => stored))),
  recover: () => recoverAbandoned(),
  /** Never ends. */
  news: async (part: Part, userId: string) => {
    for await (const block of newsBlocks(userId, never)) part(block)
  },
}
export type Calls = typeof calls

export interface Call {
  id: number
  name: keyof Calls
  args: unknown[]
}
export type Said =
  | { id: number; part: string }
  | { id: number; value: unknown }
  | { id: number; error: string }
  | "ready"

const say = (said: Said) => void process.send?.(said)

async function answer({ id, name, args }: Call): Promise<void> {
  try {
    const part: Part = (text) => say({ id, part: text })
    say({ id, value: await Reflect.apply(calls[name], undefined, [part, ...args]) })
  } catch (error) {
    say({ id, error: error instanceof Error ? String(Reflect.get(error, "code") ?? error.message) : String(error) })
  }
}

const { HUB, REDIS_URL: url, REDIS_PREFIX: prefix } = process.env
if (url && prefix) await joinProcesses({ url, prefix })
else {
  const hub = await connectHub(HUB ?? "")
  singleton("bus", () => hub.bus)
  singleton("eventLog", () => hub.log)
}
await startLifecycle()
process.on("message", (call: Call) => void answer(call))
process.on("disconnect", () => process.exit())
say("ready")
