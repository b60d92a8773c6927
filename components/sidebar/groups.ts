import type { ConversationSummary } from "@/lib/chat/types"

export interface ConversationGroup {
  label: string
  conversations: ConversationSummary[]
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** Conversations by the day of their last message, newest first, in the reader's calendar. */
export function groupByDate(conversations: ConversationSummary[], now: Date, locale = "en"): ConversationGroup[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric" })
  const label = (date: Date) => {
    const at = date.getTime()
    if (at >= midnight) return "Today"
    if (at >= midnight - DAY_MS) return "Yesterday"
    if (at >= midnight - 7 * DAY_MS) return "Previous 7 days"
    if (at >= midnight - 30 * DAY_MS) return "Previous 30 days"
    return month.format(date)
  }
  const groups: ConversationGroup[] = []
  for (const conversation of [...conversations].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))) {
    const name = label(new Date(conversation.updatedAt))
    const last = groups.at(-1)
    if (last?.label === name) last.conversations.push(conversation)
    else groups.push({ label: name, conversations: [conversation] })
  }
  return groups
}
