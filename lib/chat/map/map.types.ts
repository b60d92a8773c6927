/** Types for drawing and comparing the branches of a conversation. Safe to import on both sides. */
import type { MessageStatus } from "@/lib/messages/types"

/** Messages that follow one another without a fork. */
export interface BranchRun {
  /** ID of its first message. */
  id: string
  /** ID of its last message. */
  last: string
  /** The preceding run; null at the beginning. */
  parent: string | null
  messages: number
  /** Author of the first message, and how its text begins; empty if it has none. */
  role: "user" | "assistant"
  title: string
  /** Model of its first answer; null if there is none, or its name is hidden. */
  model: string | null
  /** When its last message was written. */
  at: string
  /** Part of the shown branch. */
  shown: boolean
}

/** `GET /api/conversations/{id}/branches`. */
export interface BranchMap {
  /** Each after its parent. */
  runs: BranchRun[]
  /** Number of runs that are left out. */
  left: number
}

export interface ComparedMessage {
  id: string
  role: "user" | "assistant"
  model: string | null
  status: MessageStatus
  text: string
  /** The text is longer. */
  cut: boolean
}

export interface BranchSide {
  messages: ComparedMessage[]
  /** Number of messages after these. */
  left: number
}

/** `GET /api/conversations/{id}/branches?a=&b=`: what follows the last message common to both branches. */
export interface BranchComparison {
  /** Number of common messages. */
  common: number
  a: BranchSide
  b: BranchSide
}
