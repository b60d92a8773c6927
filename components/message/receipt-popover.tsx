"use client"

import type { ReactNode } from "react"
import { formatCount, formatDuration, formatUsd } from "@/components/message/content"
import { Popover } from "@/components/ui/popover"
import type { MessageMetadata } from "@/lib/chat/types"

interface Props {
  trigger: ReactNode
  metadata: MessageMetadata
  model: string
}

/** The figures of a `Receipt`, fetched when it is first opened. Only what was measured is listed. */
export default function ReceiptPopover({ trigger, metadata, model }: Props) {
  return (
    <Popover label="About this answer" align="start" trigger={trigger} defaultOpen>
      <dl className="grid grid-cols-[auto_auto] gap-x-6 gap-y-1 text-[13px]">
        {rowsOf(metadata, model).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  )
}

function rowsOf({ usage, timeToFirstTokenMs, tokensPerSecond, costUsd, createdAt }: MessageMetadata, model: string) {
  const rows: [string, string | undefined][] = [
    ["Model", model],
    ["Tokens in", usage && formatCount(usage.input)],
    ["of these cached", usage?.cachedInput ? formatCount(usage.cachedInput) : undefined],
    ["Tokens out", usage && formatCount(usage.output)],
    ["of these thinking", usage?.reasoning ? formatCount(usage.reasoning) : undefined],
    ["First token after", timeToFirstTokenMs === undefined ? undefined : formatDuration(timeToFirstTokenMs)],
    ["Speed", tokensPerSecond === undefined ? undefined : `${tokensPerSecond.toFixed(1)} tokens/s`],
    ["Cost", costUsd === undefined ? undefined : formatUsd(costUsd)],
    ["Asked", new Date(createdAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== undefined)
}
