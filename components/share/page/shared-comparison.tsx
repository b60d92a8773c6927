"use client"

import { useTranslations } from "next-intl"
import { COLUMNS } from "@/components/compare/layout"
import { StatusMark } from "@/components/compare/status-mark"
import { letterOf } from "@/components/compare/use-answer-name"
import { AssistantMessage } from "@/components/message/assistant-message"
import type { MessageFrame } from "@/components/message/message-list"
import { useMessageContext } from "@/components/message/parts/message-context"
import { cn } from "@/lib/cn"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  answers: ChatMessage[]
  /** Names of the models known here. */
  names: Record<string, string>
  Frame?: MessageFrame
}

/** Answers of several models to the last question of a shared conversation, side by side where there is room. */
export function SharedComparison({ answers, names, Frame = Bare }: Props) {
  const t = useTranslations("compare")
  const { modelName } = useMessageContext()
  return (
    <section aria-label={t("compared")} className="@container w-full px-4 pb-6 sm:px-6">
      <div
        className={cn(
          "mx-auto grid max-w-3xl grid-cols-1 gap-3",
          COLUMNS[answers.filter((answer) => !isMerged(answer)).length],
        )}
      >
        {answers.map((answer, place) => {
          const { model = "", status = "complete" } = answer.metadata ?? {}
          // While names are hidden, letters stand in for them.
          const own = model ? (names[model] ?? modelName(model)) : t("answer", { letter: letterOf(place) })
          const name = isMerged(answer) ? t("merged") : own
          return (
            <section
              key={answer.id}
              aria-label={name}
              data-compared={status}
              className={cn(
                "flex min-w-0 flex-col rounded-lg border bg-surface px-4 pb-2",
                isMerged(answer) && "col-span-full",
              )}
            >
              <header className="-mx-4 mb-2 flex min-h-11 items-center gap-1.5 border-b px-4 py-1.5">
                <StatusMark status={status} />
                <h2 className="wrap-anywhere min-w-0 font-medium text-[0.875rem] leading-5">
                  {name}
                  <span className="sr-only"> {t("state", { status })}</span>
                </h2>
              </header>
              <Frame message={answer}>
                <AssistantMessage message={answer} siblings={undefined} last readOnly />
              </Frame>
            </section>
          )
        })}
      </div>
    </section>
  )
}

const Bare: MessageFrame = ({ children }) => children
