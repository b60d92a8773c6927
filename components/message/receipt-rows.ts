/** The lines of a receipt. Pure. */
import { formatCount, formatDuration, formatUsd } from "@/components/message/content"
import type { ConversationTotals, MessageMetadata, ServerTimings, TokenUsage } from "@/lib/chat/types"

type Row = [name: string, value: string]
const known = (rows: [string, string | undefined][]): Row[] => rows.filter((row): row is Row => row[1] !== undefined)

export function receiptRows(metadata: MessageMetadata, model: string): Row[] {
  const { usage, timeToFirstTokenMs, tokensPerSecond, reasoningMs, costUsd, createdAt } = metadata
  return known([
    ["Model", model],
    ...usageRows(usage),
    ["First token after", timeToFirstTokenMs === undefined ? undefined : formatDuration(timeToFirstTokenMs)],
    ["Thought for", reasoningMs === undefined ? undefined : formatDuration(reasoningMs)],
    ["Speed", tokensPerSecond === undefined ? undefined : `${tokensPerSecond.toFixed(1)} tokens/s`],
    ["Cost", costUsd === undefined ? undefined : formatUsd(costUsd)],
    ["Asked", new Date(createdAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })],
  ])
}

const usageRows = (usage: TokenUsage | undefined): [string, string | undefined][] => [
  ["Tokens in", usage && formatCount(usage.input)],
  ["of these cached", usage?.cachedInput ? formatCount(usage.cachedInput) : undefined],
  ["Tokens out", usage && formatCount(usage.output)],
  ["of these thinking", usage?.reasoning ? formatCount(usage.reasoning) : undefined],
]

export function totalRows({ answers, usage, costUsd, unpriced }: ConversationTotals): Row[] {
  if (answers === 0) return []
  return known([
    ["Answers", formatCount(answers)],
    ...usageRows(usage),
    ["Cost", unpriced === answers ? undefined : formatUsd(costUsd)],
    ["of unknown price", unpriced > 0 && unpriced < answers ? formatCount(unpriced) : undefined],
  ])
}

/** A model server's own names in words: `server-time-to-first-token` of 0.12 is “time to first token: 120 ms”. */
export function timingRows(timings: ServerTimings | undefined): Row[] {
  return Object.entries(timings ?? {}).flatMap(([key, value]): Row[] => {
    if (value === null || value === "") return []
    const name = key.replace(/^(fireworks-)?server-/, "").replaceAll(/[-_]+/g, " ")
    const seconds = /time|duration|latency/.test(name) && !Number.isNaN(Number(value)) ? Number(value) : null
    return [[name, seconds === null ? String(value) : formatDuration(seconds * 1_000)]]
  })
}
