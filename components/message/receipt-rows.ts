/** The lines of a receipt. Pure. */
import { formatCount, formatDuration, formatUsd } from "@/components/message/content"
import type { ConversationTotals, MessageMetadata, ServerTimings, TokenUsage } from "@/lib/chat/types"
import type messages from "@/lib/i18n/en.json"

type Row = [name: string, value: string]
const known = (rows: [string, string | undefined][]): Row[] => rows.filter((row): row is Row => row[1] !== undefined)

/** The names of lines in the reader's language. */
type Names = (name: keyof (typeof messages)["receipt"]) => string

export function receiptRows(metadata: MessageMetadata, model: string, t: Names): Row[] {
  const { usage, timeToFirstTokenMs, tokensPerSecond, reasoningMs, costUsd, createdAt } = metadata
  return known([
    [t("model"), model],
    ...usageRows(usage, t),
    [t("firstToken"), timeToFirstTokenMs === undefined ? undefined : formatDuration(timeToFirstTokenMs)],
    [t("thought"), reasoningMs === undefined ? undefined : formatDuration(reasoningMs)],
    [t("speed"), tokensPerSecond === undefined ? undefined : `${tokensPerSecond.toFixed(1)} tokens/s`],
    [t("cost"), costUsd === undefined ? undefined : formatUsd(costUsd)],
    [t("asked"), new Date(createdAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })],
  ])
}

const usageRows = (usage: TokenUsage | undefined, t: Names): [string, string | undefined][] => [
  [t("tokensIn"), usage && formatCount(usage.input)],
  [t("cached"), usage?.cachedInput ? formatCount(usage.cachedInput) : undefined],
  [t("tokensOut"), usage && formatCount(usage.output)],
  [t("thinking"), usage?.reasoning ? formatCount(usage.reasoning) : undefined],
]

export function totalRows({ answers, usage, costUsd, unpriced }: ConversationTotals, t: Names): Row[] {
  if (answers === 0) return []
  return known([
    [t("answers"), formatCount(answers)],
    ...usageRows(usage, t),
    [t("cost"), unpriced === answers ? undefined : formatUsd(costUsd)],
    [t("unpriced"), unpriced > 0 && unpriced < answers ? formatCount(unpriced) : undefined],
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
