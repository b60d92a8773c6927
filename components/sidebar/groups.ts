import type { ConversationSummary } from "@/lib/chat/types"

export interface ConversationGroup {
  label: string
  /** Put out of the way: shown when asked for. */
  archived: boolean
  conversations: ConversationSummary[]
}

/** What time it is, where, and how dates are written there. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: number
  /** As `Intl` names it. */
  timeZone: string
  /** As `Intl` names it. */
  locale: string
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** A function from an instant to the number of its calendar day in `timeZone`, whatever summer time does there. */
export function dayCounter(timeZone: string): (instant: number | Date) => number {
  // This locale writes 2026-11-23, which JavaScript reads as midnight UTC.
  const date = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
  return (instant) => Date.parse(date.format(instant)) / DAY_MS
}

/** Groups that have a name; older conversations are told by their month. */
export type Named = "pinned" | "today" | "yesterday" | "week" | "month" | "archived"

/** Conversations by the calendar day of their last message, newest first; pinned ones before, archived ones behind. */
export function groupByDate(
  conversations: ConversationSummary[],
  { now, timeZone, locale }: Clock,
  name: (group: Named) => string,
): ConversationGroup[] {
  const month = new Intl.DateTimeFormat(locale, { timeZone, month: "long", year: "numeric" })
  const dayOf = dayCounter(timeZone)
  const today = dayOf(now)
  const label = (date: Date) => {
    const age = today - dayOf(date)
    // A clock that runs ahead of this one is no reason for a group of its own.
    if (age <= 0) return name("today")
    if (age === 1) return name("yesterday")
    if (age <= 7) return name("week")
    if (age <= 30) return name("month")
    return month.format(date)
  }
  const groups: ConversationGroup[] = []
  const byDate = [...conversations].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  const pinned = byDate.filter((conversation) => conversation.pinned)
  const archived = byDate.filter((conversation) => conversation.archived)
  if (pinned.length > 0) groups.push({ label: name("pinned"), archived: false, conversations: pinned })
  for (const conversation of byDate) {
    if (conversation.pinned || conversation.archived) continue
    const group = label(new Date(conversation.updatedAt))
    const last = groups.at(-1)
    if (last?.label === group) last.conversations.push(conversation)
    else groups.push({ label: group, archived: false, conversations: [conversation] })
  }
  if (archived.length > 0) groups.push({ label: name("archived"), archived: true, conversations: archived })
  return groups
}
