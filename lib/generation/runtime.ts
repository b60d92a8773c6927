/** The running generations of this process. */
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
  /** The model's name must not be revealed. */
  blind: boolean
  /** What the user says while the answer runs. */
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
  /** The recording of each generation by ID, until it is stored, which happens after the generation ends. */
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

/** Resolves when the recordings of this message's runs that ended in this process are stored. */
export async function waitUntilRecorded(messageId: string): Promise<void> {
  const { running, saving } = runtime()
  await Promise.all(
    [...saving].flatMap(([id, one]) => (one.messageId === messageId && !running.has(id) ? one.stored : [])),
  )
}
