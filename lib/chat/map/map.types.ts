/** The branches of a conversation as they are drawn and compared. Safe to import on both sides. */
import type { MessageStatus } from "@/lib/messages/types"

/** Messages that follow one another without a fork. */
export interface BranchRun {
  /** Of its first message. */
  id: string
  /** Of its last message. */
  last: string
  /** The run that it follows; null at the beginning. */
  parent: string | null
  messages: number
  /** Who says the first of them, and how that begins; empty where it has no words. */
  role: "user" | "assistant"
  title: string
  /** Of its first answer; null where there is none, or its name is hidden. */
  model: string | null
  /** When its last message was written. */
  at: string
  /** It is on the branch that is shown. */
  shown: boolean
}

/** `GET /api/conversations/{id}/branches`. */
export interface BranchMap {
  /** Each behind the one that it follows. */
  runs: BranchRun[]
  /** Runs that are left out of so many. */
  left: number
}

export interface ComparedMessage {
  id: string
  role: "user" | "assistant"
  model: string | null
  status: MessageStatus
  text: string
  /** There is more of it. */
  cut: boolean
}

export interface BranchSide {
  messages: ComparedMessage[]
  /** Messages behind these. */
  left: number
}

/** `GET /api/conversations/{id}/branches?a=&b=`: what follows the last message that both branches have. */
export interface BranchComparison {
  /** Messages that they have in common. */
  common: number
  a: BranchSide
  b: BranchSide
}
