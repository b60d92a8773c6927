/**
 * Questions that servers ask the user during a call: a form on the call's card, open for a limited time. The process
 * that runs the call holds the form; the answer may reach any other process, which forwards it.
 */
import { randomUUID } from "node:crypto"
import { z } from "zod"
import type { Bus } from "@/lib/bus/bus"
import { bus } from "@/lib/bus/here"
import { topicOf } from "@/lib/bus/topic"
import { AppError } from "@/lib/http/errors"
import { logFault } from "@/lib/log"
import type { CallInProgress } from "@/lib/mcp/connection"
import { fieldsOf, isFilled } from "@/lib/mcp/form"
import type { Server } from "@/lib/mcp/servers"
import { type AskAnswer, askAnswerSchema } from "@/lib/mcp/types"
import type { FormField } from "@/lib/messages/call-news"
import { singleton } from "@/lib/singleton"

/** Milliseconds that a form stays open: the server's connection is held open as long. */
const OPEN_MS = 300_000
/** Milliseconds for the process that holds a form to confirm the answer. */
const HELD_MS = 3_000

interface Open {
  userId: string
  fields: FormField[]
  answer: (said: AskAnswer) => void
}

interface Asked {
  mode?: string
  message: string
  requestedSchema?: unknown
}

const saidSchema = z.object({ id: z.string(), userId: z.string(), said: askAnswerSchema })
const outcomeSchema = z.enum(["taken", "over", "wrong"])
type Outcome = z.infer<typeof outcomeSchema>

export class Asks {
  private readonly open = new Map<string, Open>()
  private listening: Promise<unknown> | null = null
  private readonly said

  constructor(private readonly bus: () => Bus) {
    this.said = topicOf("mcp:said", saidSchema, bus)
  }

  /** Resolves with the user's answer; with `cancel` if nobody is there, time runs out, or the call ends. */
  async ask(call: CallInProgress | null, server: Server, asked: Asked): Promise<AskAnswer> {
    const fields = asked.mode === "url" ? null : fieldsOf(asked.requestedSchema)
    if (!fields) return { action: "decline" }
    await this.listen()
    if (!call || call.signal.aborted) return { action: "cancel" }
    const { toolCallId, signal } = call
    const id = randomUUID()
    return new Promise((resolve) => {
      const end = (said: AskAnswer) => {
        clearTimeout(timer)
        signal.removeEventListener("abort", cancel)
        this.open.delete(id)
        call.say({ toolCallId, ask: null })
        call.waits(false)
        resolve(said)
      }
      const cancel = () => end({ action: "cancel" })
      const timer = setTimeout(cancel, OPEN_MS)
      signal.addEventListener("abort", cancel, { once: true })
      this.open.set(id, { userId: server.userId, fields, answer: end })
      call.waits(true)
      call.say({ toolCallId, ask: { id, server: server.name, text: asked.message.slice(0, 4_000), fields } })
    })
  }

  /**
   * Accepts the user's answer to a form. Rejects with `mcp:ask_over` if the form isn't open or isn't theirs,
   * `mcp:ask_wrong` if the answer is invalid.
   */
  async answer(userId: string, id: string, said: AskAnswer): Promise<void> {
    const outcome = this.open.has(id) ? this.take(userId, id, said) : await this.handOn(userId, id, said)
    if (outcome !== "taken") throw new AppError(outcome === "over" ? "mcp:ask_over" : "mcp:ask_wrong")
  }

  private take(userId: string, id: string, said: AskAnswer): Outcome {
    const asked = this.open.get(id)
    if (asked?.userId !== userId) return "over"
    if (said.action === "accept" && !isFilled(asked.fields, said.content)) return "wrong"
    asked.answer(said)
    return "taken"
  }

  /** Subscribes to answers from other processes, once. Without a bus, answers received by this process still work. */
  private listen(): Promise<unknown> {
    this.listening ??= this.said
      .subscribe(({ id, userId, said }) => {
        if (this.open.has(id)) void this.outcomeOf(id).publish(this.take(userId, id, said))
      })
      .catch((error: unknown) => {
        this.listening = null
        logFault("subscribing to form answers", error)
      })
    return this.listening
  }

  private outcomeOf = (id: string) => topicOf(`mcp:said:${id}`, outcomeSchema, this.bus)

  private async handOn(userId: string, id: string, said: AskAnswer): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined
    let leave = () => {}
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        timer = setTimeout(() => resolve("over"), HELD_MS)
        this.outcomeOf(id)
          .subscribe(resolve)
          .then((unsubscribe) => {
            leave = unsubscribe
            return this.said.publish({ id, userId, said })
          })
          .catch(reject)
      })
    } finally {
      clearTimeout(timer)
      leave()
    }
  }
}

const asks = () => singleton("mcpAsks", () => new Asks(bus))

export const askPerson: Asks["ask"] = (...asked) => asks().ask(...asked)
export const answerAsk: Asks["answer"] = (...said) => asks().answer(...said)
