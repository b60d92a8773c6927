/** What servers ask a person while a call of theirs runs: a form on the call's card, open for a while. */
import { randomUUID } from "node:crypto"
import { AppError } from "@/lib/http/errors"
import type { CallInProgress } from "@/lib/mcp/connection"
import { fieldsOf, isFilled } from "@/lib/mcp/form"
import type { Server } from "@/lib/mcp/servers"
import type { AskAnswer } from "@/lib/mcp/types"
import type { FormField } from "@/lib/messages/call-news"
import { singleton } from "@/lib/singleton"

/** Milliseconds that a form waits: the server's connection is open for as long. */
const OPEN_MS = 300_000

interface Open {
  userId: string
  fields: FormField[]
  answer: (said: AskAnswer) => void
}

const open = () => singleton("mcpAsks", () => new Map<string, Open>())

interface Asked {
  mode?: string
  message: string
  requestedSchema?: unknown
}

/** Resolves with what the person says; with `cancel` when nobody is there, the time is up, or the call ends. */
export function askPerson(call: CallInProgress | null, server: Server, asked: Asked): Promise<AskAnswer> {
  const fields = asked.mode === "url" ? null : fieldsOf(asked.requestedSchema)
  if (!call || call.signal.aborted || !fields) return Promise.resolve({ action: fields ? "cancel" : "decline" })
  const { toolCallId, signal } = call
  const id = randomUUID()
  return new Promise((resolve) => {
    const end = (said: AskAnswer) => {
      clearTimeout(timer)
      signal.removeEventListener("abort", cancel)
      open().delete(id)
      call.say({ toolCallId, ask: null })
      call.waits(false)
      resolve(said)
    }
    const cancel = () => end({ action: "cancel" })
    const timer = setTimeout(cancel, OPEN_MS)
    signal.addEventListener("abort", cancel, { once: true })
    open().set(id, { userId: server.userId, fields, answer: end })
    call.waits(true)
    call.say({ toolCallId, ask: { id, server: server.name, text: asked.message.slice(0, 4_000), fields } })
  })
}

/** Takes what the person says to a form. Throws `mcp:ask_over` for one that isn't open or isn't theirs, `mcp:ask_wrong`. */
export function answerAsk(userId: string, id: string, said: AskAnswer): void {
  const asked = open().get(id)
  if (asked?.userId !== userId) throw new AppError("mcp:ask_over")
  if (said.action === "accept" && !isFilled(asked.fields, said.content)) throw new AppError("mcp:ask_wrong")
  asked.answer(said)
}
