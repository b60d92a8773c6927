"use client"

import { useTranslations } from "next-intl"
import { JsonTree } from "@/components/output/json-tree"
import { CallRow } from "@/components/tools/call-row"
import type { AnyToolPart, ToolCardProps } from "@/components/tools/tool-part"

/** A call of any tool: its name and state, and folded what it was asked and what it answered. */
export default function GenericCard(props: ToolCardProps) {
  return <CallRow {...props} details={<Details part={props.part} />} />
}

function Details({ part }: { part: AnyToolPart }) {
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
          <JsonTree value={part.output} />
        </div>
      )}
    </div>
  )
}
