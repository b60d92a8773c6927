import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatDuration, formatFixed, formatUsd } from "@/components/base/message-content"
import { cn } from "@/lib/cn"
import type { MessageMetadata } from "@/lib/messages/types"

/** Metrics compared besides the text: time, speed, length, price, as far as measured and not hidden. */
export function Figures({ metadata }: { metadata: MessageMetadata | undefined }) {
  const t = useTranslations("compare")
  const ofReceipt = useTranslations("receipt")
  const locale = useFormatLocale()
  const { usage, timeToFirstTokenMs, tokensPerSecond, costUsd } = metadata ?? {}
  const figures = [
    timeToFirstTokenMs === undefined ? null : t("firstToken", { time: formatDuration(timeToFirstTokenMs, locale) }),
    tokensPerSecond === undefined ? null : t("speed", { speed: formatFixed(tokensPerSecond, 1, locale) }),
    costUsd === undefined ? null : formatUsd(costUsd, locale, (amount) => ofReceipt("under", { amount })),
    usage ? t("tokens", { count: usage.output }) : null,
  ]
  const measured = figures.filter((figure) => figure !== null)
  // Space is reserved, so that nothing moves at the end. On one line: what doesn't fit is left to the receipt, least
  // important last.
  return (
    <div className={cn("mt-auto border-transparent border-t pt-1.5", measured.length > 0 && "border-border")}>
      <p className="flex h-5 flex-wrap gap-x-1 overflow-hidden text-[0.75rem] text-muted-foreground tabular-nums leading-5">
        {measured.map((figure, place) => (
          <span key={figure} className="whitespace-nowrap">
            {place > 0 && "· "}
            {figure}{" "}
          </span>
        ))}
      </p>
    </div>
  )
}
