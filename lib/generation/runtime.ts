/** What this process knows of its running generations. */
import { v7 as uuidv7 } from "uuid"
import type { Notes } from "@/lib/generation/tools/notes"
import type { MessageParts } from "@/lib/messages/parts"
import { singleton } from "@/lib/singleton"

/** `lost`: another process has taken the generation over. */
export type AbortCause = "stop" | "shutdown" | "lost"

export interface Running {
  id: string
  messageId: string
  conversationId: string
  userId: string
  /** Whose it is must not be told. */
  blind: boolean
  /** What the person says meanwhile. */
  notes: Notes
  abort(cause: AbortCause): void
  /** The parts so far. */
  parts(): Promise<MessageParts>
  /** Events in its log so far. */
  logLength(): number
  /** Settles when the message row is written. */
  done: Promise<void>
}

interface Runtime {
  nodeId: string
  running: Map<string, Running>
  /** The recording of each generation by its id, until it is stored, which is after its end. */
  saving: Map<string, { messageId: string; stored: Promise<void> }>
  stopping: boolean
}

export function runtime(): Runtime {
  return singleton("generations", () => ({
    nodeId: uuidv7(),
    running: new Map(),
    saving: new Map(),
    stopping: false,
  }))
}

/** The generation that writes this message in this process. */
export function runningByMessage(messageId: string): Running | undefined {
  return [...runtime().running.values()].find((running) => running.messageId === messageId)
}

/** Resolves when the recordings of this message's runs that have ended here are stored. */
export async function untilRecorded(messageId: string): Promise<void> {
  const { running, saving } = runtime()
  await Promise.all(
    [...saving].flatMap(([id, one]) => (one.messageId === messageId && !running.has(id) ? one.stored : [])),
  )
}
