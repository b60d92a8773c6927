"use client"

import { useTranslations } from "next-intl"
import { Suspense } from "react"
import { goOn } from "@/components/base/focus"
import type { RegenerateContextValue } from "@/components/chat/message-tools/again-context"
import { caseSource } from "@/components/chat/message-tools/case-source"
import type { Asking } from "@/components/chat/message-tools/use-message-tools"
import type { AnswerSource } from "@/components/evals/cases/draft"
import { KeepCase } from "@/components/evals/cases/keep-case"
import { useModelName } from "@/components/models/model-name"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"

const CodeDialog = lazyOverlay(() => import("@/components/get-code/code-dialog"))
const ModelDialog = lazyOverlay(() => import("@/components/models/model-dialog"))
const SaveRecordingDialog = lazyOverlay(() => import("@/components/recording/save-dialog"))
const ShareDialog = lazyOverlay(() => import("@/components/share/share-dialog"))

interface Props {
  conversationId: string
  messages: ChatMessage[]
  settings: ChatSettings
  asking: Asking | null
  again: RegenerateContextValue
  onClose: () => void
}

/** The dialogs opened from a message. */
export function MessageDialogs({ conversationId, messages, settings, asking, again, onClose }: Props) {
  const t = useTranslations("message")
  const name = useModelName(again.models.models)
  if (!asking) return null
  return (
    <Suspense>
      {asking.kind === "share" ? (
        <ShareDialog conversationId={conversationId} upTo={asking.messageId} onClose={onClose} />
      ) : asking.kind === "code" ? (
        <CodeDialog conversationId={conversationId} messageId={asking.messageId} onClose={onClose} />
      ) : asking.kind === "recording" ? (
        <SaveRecordingDialog conversationId={conversationId} messageId={asking.messageId} onClose={onClose} />
      ) : asking.kind === "case" ? (
        <CaseDialog source={caseSource(messages, asking.messageId, settings)} onClose={onClose} />
      ) : (
        <ModelDialog
          title={t("againWith")}
          description={t("onceNote", { model: name(again.model) })}
          known={again.models}
          value={asking.message.metadata?.model ?? again.model}
          onChoose={(model) => {
            again.regenerate(asking.message.id, model)
            // The element that opened the dialog is removed together with its answer.
            requestAnimationFrame(() => setTimeout(goOn))
          }}
          onClose={onClose}
        />
      )}
    </Suspense>
  )
}

/** Nothing when the question is gone. */
const CaseDialog = ({ source, onClose }: { source: AnswerSource | null; onClose: () => void }) =>
  source && <KeepCase source={source} onClose={onClose} />
