"use client"

import { CircleAlert, EyeOff, RotateCcw, X } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { useSyncExternalStore } from "react"
import type { Refusal } from "@/components/chat/session-state"
import type { DraftStore } from "@/components/composer/draft"
import { NoticeBar } from "@/components/composer/notice-bar"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import type { ModelInfo, ModelsResponse } from "@/lib/ai/model.types"

interface Props {
  refusal: Refusal | null
  onDismiss: () => void
  draft: DraftStore
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  models: ModelsResponse
  /** Asks these instead. */
  onAsk: (ids: string[]) => void
}

/** What has to be said where the person writes: the most urgent thing only. */
export function ComposerNotice({ refusal, onDismiss, draft, asked, models, onAsk }: Props) {
  const { attachments } = useSyncExternalStore(draft.subscribe, draft.get, draft.get)
  if (refusal) return <RefusalNotice refusal={refusal} onDismiss={onDismiss} />
  const picture = attachments.some(({ state, file }) => state !== "failed" && !file)
  if (!picture || asked.every(({ images }) => images)) return null
  return <BlindNotice {...{ asked, models, onAsk }} />
}

/** Of the models that are asked, some can't see: which, and who can instead. */
function BlindNotice({ asked, models, onAsk }: Pick<Props, "asked" | "models" | "onAsk">) {
  const t = useTranslations("chat")
  const format = useFormatter()
  const blind = asked.filter(({ images }) => !images)
  const others = asked.filter(({ images }) => images)
  const seeing = models.models.filter((other) => other.images && !other.retired)
  const offered = seeing.find(({ id }) => id === models.default) ?? seeing[0]
  const names = format.list(blind.map(({ name }) => name))
  return (
    <NoticeBar role="status" className="bg-spark-soft">
      <EyeOff className="size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="min-w-0 flex-1">{t(asked.length > 1 ? "cantCompare" : "cantSee", { model: names })}</span>
      {others.length > 0 ? (
        <Button size="sm" onClick={() => onAsk(others.map(({ id }) => id))}>
          {t("leaveOut", { count: blind.length })}
        </Button>
      ) : (
        offered && (
          <Button size="sm" onClick={() => onAsk([offered.id])}>
            {t("use", { model: offered.name })}
          </Button>
        )
      )}
    </NoticeBar>
  )
}

/** Refusals that sending the same again can't change. */
const FINAL = /^(message:|image:|file:|output:|model:|request:)/

function RefusalNotice({ refusal: { code, message, retry }, onDismiss }: { refusal: Refusal; onDismiss: () => void }) {
  const common = useTranslations("common")
  const t = useTranslations("chat")
  return (
    <NoticeBar role="alert" className="bg-danger-soft">
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
    </NoticeBar>
  )
}
