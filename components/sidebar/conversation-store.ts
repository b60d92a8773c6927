import type { ConversationSummary } from "@/lib/chat/types"

type Listener = () => void
type Change = Partial<Omit<ConversationSummary, "id">>

/**
 * The list of conversations in one tab: what the server told last, what happened here since, and over both
 * what was asked for and is still on its way.
 */
export class ConversationStore {
  private readonly listeners = new Set<Listener>()
  private readonly underWay = new Set<{ id: string; change: Change | null }>()
  private shown: ConversationSummary[]
  /** Counts what happened here: a list that was asked for before is out of date. */
  private happened = 0
  private reading = 0

  /** `read` gives the server's list, or null when it can't be had. */
  constructor(
    private known: ConversationSummary[],
    private readonly read: () => Promise<ConversationSummary[] | null>,
  ) {
    this.shown = known
  }

  subscribe = (listener: Listener) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** In no order. The same array until something changes. */
  snapshot = (): ConversationSummary[] => this.shown

  /** Adds a conversation or merges what is known of it now. */
  upsert({ id, ...change }: Change & { id: string }): void {
    if (!this.known.some((conversation) => conversation.id === id)) {
      const now = new Date().toISOString()
      const fresh = {
        title: "New conversation",
        model: null,
        createdAt: now,
        updatedAt: now,
        running: false,
        unseen: false,
        pinned: false,
        archived: false,
      }
      this.set([{ id, ...fresh, ...change }, ...this.known])
    } else this.patch(id, change)
  }

  /** What the server tells of a conversation; null: it is gone. */
  hear(id: string, conversation: ConversationSummary | null): void {
    if (conversation) this.upsert(conversation)
    else this.set(this.known.filter((known) => known.id !== id))
  }

  /** Changes a conversation; nothing when it is not in the list. */
  patch(id: string, change: Change): void {
    this.set(this.known.map((conversation) => (conversation.id === id ? { ...conversation, ...change } : conversation)))
  }

  /**
   * Shows a change (null: the conversation is gone) while `request` is on its way. It stays when the request
   * succeeds; else what was there before is shown again, and the request's error is thrown.
   */
  async attempt(id: string, change: Change | null, request: () => Promise<unknown>): Promise<void> {
    const attempt = { id, change }
    this.underWay.add(attempt)
    this.publish()
    try {
      await request()
      if (change) this.patch(id, change)
      else this.set(this.known.filter((conversation) => conversation.id !== id))
    } finally {
      this.underWay.delete(attempt)
      this.publish()
    }
  }

  /** Reads the list anew. A failure leaves what is shown. */
  async refresh(): Promise<void> {
    this.reading += 1
    const { happened, reading } = this
    const list = await this.read()
    if (list === null || reading !== this.reading) return
    if (happened !== this.happened) return this.refresh()
    this.known = list
    this.publish()
  }

  private set(known: ConversationSummary[]): void {
    this.happened += 1
    this.known = known
    this.publish()
  }

  private publish(): void {
    this.shown = [...this.underWay].reduce(
      (list, { id, change }) =>
        change
          ? list.map((conversation) => (conversation.id === id ? { ...conversation, ...change } : conversation))
          : list.filter((conversation) => conversation.id !== id),
      this.known,
    )
    for (const listener of this.listeners) listener()
  }
}
