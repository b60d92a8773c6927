"use client"

import { EyeOff } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { sentenceOf } from "@/components/base/api"
import { saveImageSupport } from "@/components/models/known-models"
import { Button } from "@/components/ui/button"
import { NoticeBar } from "@/components/ui/notice-bar"
import { toast } from "@/components/ui/toast"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"

interface Props {
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  models: ModelsResponse
  /** Selects these models instead. */
  onAsk: (ids: string[]) => void
  /** Sends the composer's content. */
  onSend: () => void
  /** There is text, so it can be sent immediately with another model. */
  ready: boolean
}

/** Models offered instead of one without image support. */
const MAX_OFFERED = 2

/** Some of the selected models don't accept images: names them, and offers ones that do. */
export default function BlindNotice({ asked, models, onAsk, onSend, ready }: Props) {
  const t = useTranslations("chat")
  const format = useFormatter()
  const blind = asked.filter(({ images }) => !images)
  const others = asked.filter(({ images }) => images)
  const seeing = models.models.filter((other) => other.images && !(other.retired || other.missing || other.own))
  const first = seeing.find(({ id }) => id === models.default)
  const offered = [...(first ? [first] : []), ...seeing.filter((other) => other !== first)].slice(0, MAX_OFFERED)
  const names = format.list(blind.map(({ name }) => name))
  const guessed = blind.every(({ imagesGuessed }) => imagesGuessed)
  const sentence = asked.length > 1 ? "cantCompare" : guessed ? "maySee" : "cantSee"
  const sendAnyway = () =>
    Promise.all(blind.map(({ id }) => saveImageSupport(models.models, id, true))).then(onSend, (error: unknown) =>
      toast.error(sentenceOf(error)),
    )
  const ask = (id: string) => {
    onAsk([id])
    if (ready) onSend()
  }
  return (
    <NoticeBar role="status" className="bg-spark-soft">
      <EyeOff className="size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="min-w-0 flex-1">{t(sentence, { model: names })}</span>
      {others.length > 0 ? (
        <Button size="sm" onClick={() => onAsk(others.map(({ id }) => id))}>
          {t("leaveOut", { count: blind.length })}
        </Button>
      ) : (
        offered.map(({ id, name }) => (
          <Button key={id} size="sm" onClick={() => ask(id)}>
            {t(ready ? "sendWith" : "use", { model: name })}
          </Button>
        ))
      )}
      {guessed && (
        <Button size="sm" variant="ghost" onClick={() => void sendAnyway()}>
          {t("sendAnyway")}
        </Button>
      )}
    </NoticeBar>
  )
}
