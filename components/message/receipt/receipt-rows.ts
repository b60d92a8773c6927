/** The rows of a receipt. Pure. */
import { formatCount, formatDuration, formatFixed, formatUsd } from "@/components/base/message-content"
import type { ConversationTotals } from "@/lib/chat/conversation.types"
import { cut } from "@/lib/cut"
import type messages from "@/lib/i18n/en.json"
import type { MessageMetadata, ServerTimings, TokenUsage } from "@/lib/messages/types"
import { approximateDiscount, isPriced } from "@/lib/models/ways"

type Row = [name: string, value: string]
const known = (rows: [string, string | undefined][]): Row[] => rows.filter((row): row is Row => row[1] !== undefined)

/** The language and number format of a receipt. */
export interface Wording {
  /** Row labels in the reader's language. */
  t: (name: keyof (typeof messages)["receipt"], values?: Record<string, string>) => string
  /** For numbers and dates. */
  locale: string
}

const usdIn = (usd: number, { t, locale }: Wording): string =>
  formatUsd(usd, locale, (amount) => t("under", { amount }))

/** Display names of the requested model and of the one that answered instead. */
interface Who {
  model: string
  served?: string | null
  /** The change request, when only a part of an answer was changed. */
  changed?: string
}

/** Maximum characters of the change request. */
const MAX_OF_WISH = 80

export function receiptRows(metadata: MessageMetadata, { model, served, changed }: Who, wording: Wording): Row[] {
  const { t, locale } = wording
  const { usage, timeToFirstTokenMs, tokensPerSecond, reasoningMs, costUsd, createdAt } = metadata
  return known([
    [t("model"), model],
    [t("answeredBy"), served ?? undefined],
    [t("changed"), changed && cut(changed, MAX_OF_WISH)],
    ...usageRows(usage, wording),
    [t("firstToken"), timeToFirstTokenMs === undefined ? undefined : formatDuration(timeToFirstTokenMs, locale)],
    [t("thought"), reasoningMs === undefined ? undefined : formatDuration(reasoningMs, locale)],
    [
      t("speed"),
      tokensPerSecond === undefined ? undefined : t("rate", { rate: formatFixed(tokensPerSecond, 1, locale) }),
    ],
    [t("cost"), costUsd === undefined ? unknownCost(metadata, wording) : usdIn(costUsd, wording)],
    [t("paidBy"), usage?.ownKey && t("ownKey")],
    [t("asked"), new Date(createdAt).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })],
  ])
}

/** The cost text for a priced answer of unknown cost; undefined for a free one. */
function unknownCost({ model = "", usage, timeToFirstTokenMs }: MessageMetadata, { t }: Wording): string | undefined {
  // The cost with the user's own key is on their account's bill.
  if (!isPriced(model) || usage?.ownKey || (!usage && timeToFirstTokenMs === undefined)) return undefined
  const percent = approximateDiscount(model)
  return percent === null ? t("unknownCost") : t("lessThanStandard", { percent: String(percent) })
}

function usageRows(usage: TokenUsage | undefined, wording: Wording): [string, string | undefined][] {
  if (!usage) return []
  const { t, locale } = wording
  const { input, cachedInput, output, reasoning, savedUsd } = usage
  return [
    [t("tokensIn"), formatCount(input, locale)],
    [t("cached"), cachedInput ? formatCount(cachedInput, locale) : undefined],
    [t("saved"), savedUsd ? usdIn(savedUsd, wording) : undefined],
    [t("tokensOut"), formatCount(output, locale)],
    [t("thinking"), reasoning ? formatCount(reasoning, locale) : undefined],
  ]
}

/** Totals over all answers of a conversation, visible or not: each was paid for. */
export function totalRows(totals: ConversationTotals, wording: Wording): Row[] {
  const { answers, hidden, uncounted, usage, costUsd, unpriced } = totals
  const { t, locale } = wording
  if (answers === 0) return []
  const counted = answers - uncounted
  return known([
    [t("answers"), formatCount(answers, locale)],
    [t("hidden"), hidden > 0 ? formatCount(hidden, locale) : undefined],
    [t("uncounted"), uncounted > 0 ? formatCount(uncounted, locale) : undefined],
    ...usageRows(counted > 0 ? usage : undefined, wording),
    [t("cost"), unpriced === counted ? undefined : usdIn(costUsd, wording)],
    [t("unpriced"), unpriced > 0 && unpriced < counted ? formatCount(unpriced, locale) : undefined],
  ])
}

/** Maximum rows of measured values, and characters of one value. */
const MAX_MEASURED = 60
const LONGEST_VALUE = 120

/** The label of a documented value; for others the server's own words. `key`: like `server_processing_time`. */
type NameTiming = (key: string, words: string) => string

/**
 * A model server's own metric names in words: `server-time-to-first-token` of 0.12 is “time to first token: 120 ms”, or
 * the label from `named`. Lists are joined, an object has a row for each member.
 */
export const timingRows = (
  timings: ServerTimings | undefined,
  locale: string,
  named: NameTiming = (_, words) => words,
): Row[] => measured(timings ?? {}, "", locale, named).slice(0, MAX_MEASURED)

function measured(values: ServerTimings, above: string, locale: string, named: NameTiming): Row[] {
  return Object.entries(values).flatMap(([key, value]): Row[] => {
    const words = `${above}${key.replace(/^(fireworks-)?server-/, "").replaceAll(/[-_]+/g, " ")}`
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return measured(value, `${words}, `, locale, named)
    const said = (Array.isArray(value) ? value : [value])
      .map((item) => sayMeasured(words, item, locale))
      .filter(Boolean)
    if (said.length === 0) return []
    const name = above ? words : named(key.replace(/^fireworks-/, "").replaceAll("-", "_"), words)
    return [[name, cut(said.join(", "), LONGEST_VALUE)]]
  })
}

function sayMeasured(name: string, value: ServerTimings[string], locale: string): string {
  if (value === null || value === "") return ""
  if (typeof value === "object") return JSON.stringify(value)
  const seconds = /time|duration|latency/.test(name) && typeof value !== "boolean" ? Number(value) : Number.NaN
  return Number.isFinite(seconds) ? formatDuration(seconds * 1_000, locale) : String(value)
}
