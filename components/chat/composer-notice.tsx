"use client"

import { CircleAlert, EyeOff, RotateCcw, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useSyncExternalStore } from "react"
import type { Refusal } from "@/components/chat/session-state"
import type { DraftStore } from "@/components/composer/draft"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import type { ModelInfo, ModelsResponse } from "@/lib/ai/model.types"
import { cn } from "@/lib/cn"

interface Props {
  refusal: Refusal | null
  onDismiss: () => void
  draft: DraftStore
  model: ModelInfo | undefined
  models: ModelsResponse
  onModel: (id: string) => void
}

/** What has to be said where the person writes: the most urgent thing only. */
export function ComposerNotice({ refusal, onDismiss, draft, model, models, onModel }: Props) {
  const t = useTranslations("chat")
  const { attachments } = useSyncExternalStore(draft.subscribe, draft.get, draft.get)
  if (refusal) return <RefusalNotice refusal={refusal} onDismiss={onDismiss} />
  if (!model || model.images || !attachments.some(({ state, file }) => state !== "failed" && !file)) return null
  const seeing = models.models.filter((other) => other.images && !other.retired)
  const offered = seeing.find(({ id }) => id === models.default) ?? seeing[0]
  return (
    <Bar role="status" className="bg-spark-soft">
      <EyeOff className="size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="min-w-0 flex-1">{t("cantSee", { model: model.name })}</span>
      {offered && (
        <Button size="sm" onClick={() => onModel(offered.id)}>
          {t("use", { model: offered.name })}
        </Button>
      )}
    </Bar>
  )
}

/** Refusals that sending the same again can't change. */
const FINAL = /^(message:|image:|file:|output:|model:|request:)/

function RefusalNotice({ refusal: { code, message, retry }, onDismiss }: { refusal: Refusal; onDismiss: () => void }) {
  const common = useTranslations("common")
  const t = useTranslations("chat")
  return (
    <Bar role="alert" className="bg-danger-soft">
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <span className="wrap-anywhere min-w-0 flex-1">{message}</span>
      {code === "auth:required" ? (
        <Button size="sm" onClick={() => window.location.reload()}>
          {t("reload")}
        </Button>
      ) : (
        !FINAL.test(code) && (
          <Button size="sm" onClick={retry}>
            <RotateCcw className="size-3.5" /> {common("retry")}
          </Button>
        )
      )}
      <IconButton label={common("dismiss")} onClick={onDismiss}>
        <X className="size-4" />
      </IconButton>
    </Bar>
  )
}

function Bar({ role, className, children }: { role: "alert" | "status"; className: string; children: ReactNode }) {
  return (
    <div
      role={role}
      className={cn("mb-2 flex min-h-11 items-center gap-2.5 rounded-xl py-1.5 pe-2 ps-3.5 text-[14px]", className)}
    >
      {children}
    </div>
  )
}
