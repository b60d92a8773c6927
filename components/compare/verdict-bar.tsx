"use client"

import { useTranslations } from "next-intl"
import { isStreaming } from "@/components/base/message-content"
import { letterOf } from "@/components/compare/use-answer-name"
import { Button } from "@/components/ui/button"
import type { VerdictRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"

interface Props {
  answers: ChatMessage[]
  onJudge: (verdict: VerdictRequest) => void
}

/** Asks which answer is better while the models are hidden. */
export function VerdictBar({ answers, onJudge }: Props) {
  const t = useTranslations("compare")
  const [first] = answers
  if (!first) return null
  const writing = answers.some(({ metadata }) => isStreaming(metadata))
  return (
    <fieldset className="mx-auto mt-4 flex max-w-3xl flex-col items-center gap-2.5" disabled={writing}>
      <legend className="mx-auto mb-2 text-center font-medium text-[0.875rem]">
        {t("whichBetter", { count: answers.length })}
      </legend>
      <div className="flex flex-wrap justify-center gap-1.5">
        {answers.map(
          ({ id, metadata, parts }, place) =>
            isUsable(metadata?.status, parts) && (
              <Button key={id} onClick={() => onJudge({ of: id, outcome: "better" })}>
                {t("better", { letter: letterOf(place), count: answers.length })}
              </Button>
            ),
        )}
        <Button onClick={() => onJudge({ of: first.id, outcome: "tie" })}>{t("tie")}</Button>
        <Button onClick={() => onJudge({ of: first.id, outcome: "bad" })}>{t("bad", { count: answers.length })}</Button>
      </div>
      <p className="text-pretty text-center text-[0.84375rem] text-muted-foreground">
        {t(writing ? "blindWriting" : "blindHint")}
      </p>
    </fieldset>
  )
}
