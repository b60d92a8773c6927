"use client"

import type { ReactElement } from "react"
import { useAgain } from "@/components/chat/message-tools/again-context"
import type { ButtonProps } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import type { ChatMessage } from "@/lib/messages/types"

const TryAgainMenu = lazyOverlay(() => import("@/components/chat/message-tools/try-again-menu"))

/** The models an answer can be regenerated with, loaded when first opened. */
export function TryAgain({ message, trigger }: { message: ChatMessage; trigger: ReactElement<ButtonProps> }) {
  const again = useAgain()
  if (!again) return null
  return (
    <OnDemand trigger={trigger}>
      <TryAgainMenu {...{ message, trigger, again }} />
    </OnDemand>
  )
}
