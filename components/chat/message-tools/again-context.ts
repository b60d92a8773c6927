import { createContext, useContext } from "react"
import type { ChatMessage } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"

/** The context for choosing a model to regenerate with. */
export interface RegenerateContextValue {
  models: ModelsResponse
  /** The chat's current model. */
  model: string
  /** The loaded messages. */
  messages: () => ChatMessage[]
  regenerate: (messageId: string, model?: string) => void
  /** Opens the list of all models. */
  chooseOther: (message: ChatMessage) => void
}

const AgainContext = createContext<RegenerateContextValue | null>(null)

export const RegenerateProvider = AgainContext.Provider

export const useAgain = () => useContext(AgainContext)
