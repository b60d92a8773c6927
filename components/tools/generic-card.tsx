"use client"

import { useTranslations } from "next-intl"
import { JsonTree } from "@/components/output/json-tree"
import { CallRow } from "@/components/tools/call-row"
import { FullResultLink } from "@/components/tools/full-result-link"
import { LongText } from "@/components/tools/long-text"
import type { AnyToolPart, ToolCardProps } from "@/components/tools/tool-part"
import { cutResult } from "@/lib/ai/tools/whole"

/** A call of any tool: its name and state, with its input and output collapsed. */
export default function GenericCard(props: ToolCardProps) {
  const { part } = props
  const shortened = part.state === "output-available" ? cutResult.safeParse(part.output).data : undefined
  return (
    <CallRow {...props} details={<Details part={part} beginning={shortened?.beginning} />}>
      {shortened?.whole && (
        <div className="border-t px-3.5 py-2">
          <FullResultLink whole={shortened.whole} />
        </div>
      )}
    </CallRow>
  )
}

function Details({ part, beginning }: { part: AnyToolPart; beginning: string | undefined }) {
  const t = useTranslations("tools")
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h4 className="mb-1 font-medium text-muted-foreground">{t("asked")}</h4>
        <JsonTree value={part.input} />
      </div>
      {part.state === "output-available" && (
        <div>
          <h4 className="mb-1 font-medium text-muted-foreground">{t("answered")}</h4>
          {beginning === undefined ? <JsonTree value={part.output} /> : <LongText text={beginning} />}
        </div>
      )}
    </div>
  )
}
