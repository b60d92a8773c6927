import { Store } from "@/components/base/store"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { type ListOutline, sectionsOf } from "@/lib/chat/list/sections"

/** Folders, tags and the size of the archive, as counted by the server. */
export class OutlineStore {
  private readonly shown: Store<ListOutline>
  private asked: Promise<void> | null = null
  private again = false

  /** `read` returns the server's outline, or null when unavailable. */
  constructor(
    first: ListOutline,
    private readonly read: () => Promise<ListOutline | null>,
  ) {
    this.shown = new Store(first)
  }

  get = (): ListOutline => this.shown.get()
  subscribe = (listener: () => void) => this.shown.subscribe(listener)

  /** Shows a change immediately; the server's state comes with the next refresh. */
  assume(change: (outline: ListOutline) => ListOutline): void {
    this.shown.set(change(this.shown.get()))
  }

  /** Reloads it; any number of calls during a request cause one more. */
  refresh(): Promise<void> {
    this.again = true
    this.asked ??= this.readOn().finally(() => {
      this.asked = null
    })
    return this.asked
  }

  private async readOn(): Promise<void> {
    while (this.again) {
      this.again = false
      const outline = await this.read()
      if (outline && !this.again) this.assume(() => outline)
    }
  }
}

/** What the outline counts of a conversation, as a comparable string. */
function counted(conversation: ConversationSummary | null | undefined): string {
  if (!conversation) return ""
  const counted = sectionsOf(conversation).filter((section) => section !== "list" && section !== "pinned")
  const inFolder = counted.some((section) => section.startsWith("folder:"))
  const marks = inFolder ? [conversation.running && "running", conversation.unseen && "unseen"] : []
  return [...counted, ...marks, ...conversation.tags].filter(Boolean).join(" ")
}

/** Whether the outline changes when a conversation goes from `before` (undefined: unknown) to `now` (null: removed). */
export function affectsOutline(before: ConversationSummary | undefined, now: ConversationSummary | null): boolean {
  return (!before && !now) || counted(before) !== counted(now)
}
