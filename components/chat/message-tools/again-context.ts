import { createContext, useContext } from "react"
import type { ChatMessage } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"

/** What is known where somebody chooses who answers again. */
export interface AgainValue {
  models: ModelsResponse
  /** The chat's own. */
  model: string
  /** The messages that are here. */
  messages: () => ChatMessage[]
  regenerate: (messageId: string, model?: string) => void
  /** Shows all models. */
  chooseOther: (message: ChatMessage) => void
}

const AgainContext = createContext<AgainValue | null>(null)

export const AgainProvider = AgainContext.Provider

export const useAgain = () => useContext(AgainContext)
