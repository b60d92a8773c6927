import { useFormatter, useTranslations } from "next-intl"
import { useMessageContext } from "@/components/message/parts/message-context"
import type { MessageMetadata } from "@/lib/messages/types"

/** Which answers were merged, and by which model. */
export default function MergedNote({ metadata }: { metadata: MessageMetadata }) {
  const t = useTranslations("compare")
  const format = useFormatter()
  const { modelName } = useMessageContext()
  const { merged, model } = metadata
  if (!merged) return null
  const models = format.list(merged.from.map(modelName))
  return (
    <p className="wrap-anywhere text-[0.78125rem] text-muted-foreground">
      {t("mergedBy", { models, model: modelName(model ?? "") })}
      {merged.cut && ` ${t("mergedCut")}`}
    </p>
  )
}
