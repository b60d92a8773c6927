"use client"

import { EyeOff } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { NoticeBar } from "@/components/composer/notice-bar"
import { Button } from "@/components/ui/button"
import type { ModelInfo, ModelsResponse } from "@/lib/ai/model.types"

interface Props {
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  models: ModelsResponse
  /** Asks these instead. */
  onAsk: (ids: string[]) => void
}

/** Of the models that are asked, some can't see: which, and who can instead. */
export default function BlindNotice({ asked, models, onAsk }: Props) {
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
