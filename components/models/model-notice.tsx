"use client"

import { CalendarClock, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useStore } from "@/components/base/store"
import { useDeprecation } from "@/components/models/model-dates"
import { useModelLabel } from "@/components/models/model-name"
import { readModelNotices } from "@/components/models/model-preferences"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { NoticeBar } from "@/components/ui/notice-bar"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

interface Props {
  model: ModelInfo
  models: ModelsResponse
  /** Selects these models instead. */
  onAsk: (ids: string[]) => void
}

/** States that the conversation's model is retired or will be on a known date, and offers a replacement. */
export default function ModelNotice({ model, models, onAsk }: Props) {
  const chat = useTranslations("chat")
  const common = useTranslations("common")
  const sentence = useSentence(model, models)
  const mark = `${model.id} ${model.missing ? (model.withheld ? "withheld" : "missing") : (model.deprecation ?? "retired")}`
  const read = useStore(readModelNotices, readModelNotices.first).includes(mark)
  if (read || !sentence) return null
  const successor = model.successor === null ? undefined : findModel(models.models, model.successor)
  const other = successor ?? (model.missing ? findModel(models.models, models.default) : undefined)
  const dismiss = () => readModelNotices.set([mark, ...readModelNotices.get()])
  return (
    <NoticeBar role="status" className="bg-spark-soft">
      <CalendarClock className="size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="wrap-anywhere min-w-0 flex-1">{sentence}</span>
      {other && other.id !== model.id && (
        <Button size="sm" onClick={() => onAsk([other.id])}>
          {chat("use", { model: other.name })}
        </Button>
      )}
      <IconButton label={common("dismiss")} onClick={dismiss}>
        <X className="size-4" />
      </IconButton>
    </NoticeBar>
  )
}

/** Null when there is nothing to report. */
function useSentence(model: ModelInfo, { models }: ModelsResponse): string | null {
  const t = useTranslations("modelNotice")
  const deprecation = useDeprecation()
  const name = useModelLabel()(model)
  const going = deprecation(model)
  const successor = model.successor === null ? undefined : findModel(models, model.successor)
  if (model.withheld) return t("withheld", { model: name })
  if (model.missing) return t("missing", { model: name })
  if (model.retired)
    return successor ? t("retiredFor", { model: name, name: successor.name }) : t("retired", { model: name })
  if (!going) return null
  const { date, past } = going
  if (past) return t("retirePast", { model: name, date })
  return successor ? t("retiresFor", { model: name, date, name: successor.name }) : t("retires", { model: name, date })
}
