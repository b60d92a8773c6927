"use client"

import { useTranslations } from "next-intl"
import { lazy } from "react"
import { goOn } from "@/components/base/focus"
import type { AgainValue } from "@/components/chat/message-tools/again-context"
import type { Asking } from "@/components/chat/message-tools/use-message-tools"
import { useModelName } from "@/components/models/model-name"
import { Later } from "@/components/ui/later"

const ModelDialog = lazy(() => import("@/components/models/model-dialog"))
const ShareDialog = lazy(() =>
  import("@/components/share/share-dialog").then((module) => ({ default: module.ShareDialog })),
)

interface Props {
  conversationId: string
  asking: Asking | null
  again: AgainValue
  onClose: () => void
}

/** What a message has asked the page to show. */
export function MessageDialogs({ conversationId, asking, again, onClose }: Props) {
  const t = useTranslations("message")
  const name = useModelName(again.models.models)
  if (!asking) return null
  return (
    <Later>
      {asking.kind === "share" ? (
        <ShareDialog conversationId={conversationId} upTo={asking.messageId} onClose={onClose} />
      ) : (
        <ModelDialog
          title={t("againWith")}
          description={t("onceNote", { model: name(again.model) })}
          known={again.models}
          value={asking.message.metadata?.model ?? again.model}
          onChoose={(model) => {
            again.regenerate(asking.message.id, model)
            // What opened the dialog goes with its answer.
            requestAnimationFrame(() => setTimeout(goOn))
          }}
          onClose={onClose}
        />
      )}
    </Later>
  )
}
