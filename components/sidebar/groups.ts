import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { isIn, type ListOutline, orderKey, type Section, sectionsOf } from "@/lib/chat/list/sections"

/** A section of the list with a heading. */
export interface ConversationGroup {
  /** The section it shows, or shows a part of. */
  section: Section
  label: string
  /** Null: always open. */
  folds: { open: boolean; count: number; running: boolean; unseen: boolean } | null
  /** Newest first; empty when closed. */
  conversations: ConversationSummary[]
  /** The total; -1: more than are loaded yet. */
  total: number
}

/** The current time, time zone and locale. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: number
  /** As `Intl` names it. */
  timeZone: string
  /** As `Intl` names it. */
  locale: string
}

const DAY_MS = 24 * 60 * 60 * 1_000

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** Returns a function from an instant to its calendar day number in `timeZone`, regardless of daylight saving time. */
export function dayCounter(timeZone: string): (instant: number | Date) => number {
  // This locale formats as 2026-11-23, which JavaScript parses as midnight UTC. Cached, since creating a format takes
  // many milliseconds.
  const date =
    dayFormats.get(timeZone) ??
    new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
  dayFormats.set(timeZone, date)
  return (instant) => Date.parse(date.format(instant)) / DAY_MS
}

/** Named groups; older conversations are grouped by month. */
type Named = "pinned" | "today" | "yesterday" | "week" | "month" | "archived"

type Naming = (group: Named) => string
/** Maps a JSON date to the name of its group. */
type Dating = (date: string) => string

/** Names groups by calendar day. Caches results: formatting dates is slow, and a list may have 10,000. */
export function createDateLabeler({ now, timeZone, locale }: Clock, name: Naming): Dating {
  let month: Intl.DateTimeFormat | undefined
  const dayOf = dayCounter(timeZone)
  const today = dayOf(now)
  const said = new Map<string, string>()
  const label = (date: Date) => {
    const age = today - dayOf(date)
    // A date in the future, from a clock that is ahead, counts as today.
    if (age <= 0) return name("today")
    if (age === 1) return name("yesterday")
    if (age <= 7) return name("week")
    if (age <= 30) return name("month")
    month ??= new Intl.DateTimeFormat(locale, { timeZone, month: "long", year: "numeric" })
    return month.format(date)
  }
  return (date) => {
    const known = said.get(date)
    if (known !== undefined) return known
    const fresh = label(new Date(date))
    said.set(date, fresh)
    return fresh
  }
}

/** Groups conversations (newest first) by the calendar day of their last message. `more`: others follow the last. */
function groupByDate(
  conversations: ConversationSummary[],
  { section, dateOf, more }: { section: Section; dateOf: Dating; more: boolean },
): ConversationGroup[] {
  const groups: ConversationGroup[] = []
  for (const conversation of conversations) {
    const label = dateOf(conversation.updatedAt)
    const last = groups.at(-1)
    if (last?.label === label) last.conversations.push(conversation)
    else groups.push({ section, label, folds: null, conversations: [conversation], total: 0 })
  }
  for (const [index, group] of groups.entries())
    group.total = more && index === groups.length - 1 ? -1 : group.conversations.length
  return groups
}

interface ListState {
  /** All loaded ones, newest first. */
  conversations: ConversationSummary[]
  /** How far a section is loaded (`ConversationStore.frontier`). */
  frontier: (section: Section) => string | null | undefined
  outline: ListOutline
  /** Sections the reader has opened. */
  open: ReadonlySet<Section>
  /** Shows only this section: a tag or the archive. Null: all but the archive. */
  only: Section | null
}

/**
 * The groups of the list: pinned, folders, then by date. Anything beyond a frontier is left out until its page is
 * loaded.
 */
export function groupConversations(
  { conversations, frontier, outline, open, only }: ListState,
  dateOf: Dating,
  name: Naming,
) {
  const isKnown = (section: Section, conversation: ConversationSummary) => {
    const end = frontier(section)
    return end === null || (end !== undefined && orderKey(conversation) >= end)
  }
  if (only !== null) {
    const members = conversations.filter((one) => isIn(only, one) && isKnown(only, one))
    const more = frontier(only) !== null
    if (only !== "archived") return groupByDate(members, { section: only, dateOf, more })
    const total = more ? -1 : members.length
    const label = name("archived")
    return members.length > 0 ? [{ section: only, label, folds: null, conversations: members, total }] : []
  }
  const homes = new Map<Section, ConversationSummary[]>()
  for (const conversation of conversations) {
    for (const home of sectionsOf(conversation)) {
      if (!isKnown(home, conversation)) continue
      const members = homes.get(home)
      if (members) members.push(conversation)
      else homes.set(home, [conversation])
    }
  }
  const folding = (section: Section, label: string, counts: { count: number; running: number; unseen: number }) => {
    const isOpen = open.has(section)
    const members = isOpen ? (homes.get(section) ?? []) : []
    const group: ConversationGroup = {
      section,
      label,
      folds: { open: isOpen, count: counts.count, running: counts.running > 0, unseen: counts.unseen > 0 },
      conversations: members,
      total: frontier(section) === null ? members.length : Math.max(counts.count, members.length),
    }
    return group
  }
  const pinned = homes.get("pinned") ?? []
  const groups: ConversationGroup[] = []
  if (pinned.length > 0)
    groups.push({
      section: "pinned",
      label: name("pinned"),
      folds: null,
      conversations: pinned,
      total: pinned.length,
    })
  for (const folder of outline.folders) groups.push(folding(`folder:${folder.id}`, folder.name, folder))
  const rest = { section: "list" as const, dateOf, more: frontier("list") !== null }
  return [...groups, ...groupByDate(homes.get("list") ?? [], rest)]
}
