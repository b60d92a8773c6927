/** What this process knows of its running generations. */
import { v7 as uuidv7 } from "uuid"
import { Checkpoints } from "@/lib/generation/checkpoint"
import type { GenerationLog } from "@/lib/generation/log"
import { createMemoryLog } from "@/lib/generation/memory-log"
import type { MessageParts } from "@/lib/messages/parts"
import { singleton } from "@/lib/singleton"

export type AbortCause = "stop" | "shutdown"

export interface Running {
  generationId: string
  messageId: string
  conversationId: string
  userId: string
  abort(cause: AbortCause): void
  /** The parts so far. */
  parts(): Promise<MessageParts>
  /** Settles when the message row is written. */
  done: Promise<void>
}

interface Runtime {
  nodeId: string
  log: GenerationLog
  checkpoints: Checkpoints
  running: Map<string, Running>
  /** The newest generation of a message, kept while its log lingers. */
  logOfMessage: Map<string, string>
  stopping: boolean
}

export function runtime(): Runtime {
  return singleton("generations", () => ({
    nodeId: uuidv7(),
    log: createMemoryLog(),
    checkpoints: new Checkpoints(),
    running: new Map(),
    logOfMessage: new Map(),
    stopping: false,
  }))
}

/** The generation that writes this message in this process. */
export function runningByMessage(messageId: string): Running | undefined {
  return [...runtime().running.values()].find((running) => running.messageId === messageId)
}

export function runningOfUser(userId: string): number {
  return [...runtime().running.values()].filter((running) => running.userId === userId).length
}
