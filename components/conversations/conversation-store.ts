import { repeat, retryWait } from "@/components/base/retry-wait"
import { serverClock } from "@/components/base/server-clock"
import { Store } from "@/components/base/store"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { isIn, type ListPage, orderKey, type Section, sectionsOf } from "@/lib/chat/list/sections"

export type Change = Partial<Omit<ConversationSummary, "id">>
/** A conversation after a change; null: removed. */
type Applied = (conversation: ConversationSummary) => ConversationSummary | null

/**
 * Returns a page of a section from the server, or null when it will never be available. Throws when it is unavailable
 * for now.
 */
export type ReadPage = (section: Section, cursor: string | null) => Promise<ListPage | null>

/** Immediate rereads of a page because of concurrent changes. */
const READS_AT_ONCE = 3

const newestFirst = (a: ConversationSummary, b: ConversationSummary) =>
  a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1

/**
 * The conversations one tab knows, newest first: the server's last state, later local changes, and on top of both the
 * pending optimistic ones. Each section is loaded from its newest up to a frontier.
 */
export class ConversationStore {
  private readonly shown = new Store<ConversationSummary[]>([])
  private readonly underWay = new Set<{ ids: Set<string>; apply: Applied }>()
  /** How far each section is loaded: the `orderKey` of its last one, or null: to the end. */
  private readonly frontiers = new Map<Section, string | null>()
  private readonly readingOn = new Set<Section>()
  /** Sections for which the server has refused pages so far. */
  private readonly refused = new Set<Section>()
  private known: ConversationSummary[] = []
  /** Counts local changes: a page requested before one is outdated. */
  private happened = 0
  private reading = 0

  constructor(
    pages: { section: Section; page: ListPage }[],
    private readonly read: ReadPage,
    private readonly wait = retryWait,
  ) {
    for (const { section, page } of pages) this.take(section, null, page)
    this.shown.set(this.known)
  }

  subscribe = (listener: () => void) => this.shown.subscribe(listener)

  /** Newest first. The same array until something changes. */
  get = (): ConversationSummary[] => this.shown.get()

  find = (id: string): ConversationSummary | undefined => this.get().find((conversation) => conversation.id === id)

  /** How far a section is loaded, as an `orderKey`; null: to its end; undefined: never read. */
  frontier = (section: Section): string | null | undefined => this.frontiers.get(section)

  /** Adds a conversation, or merges new data into it. */
  upsert({ id, ...change }: Change & { id: string }): void {
    const known = this.known.find((conversation) => conversation.id === id)
    const now = new Date(serverClock.now()).toISOString()
    const fresh: ConversationSummary = {
      id,
      title: "New conversation",
      model: null,
      createdAt: now,
      updatedAt: now,
      running: false,
      unseen: false,
      pinned: false,
      archived: false,
      folderId: null,
      tags: [],
    }
    this.set([...this.without([id]), { ...(known ?? fresh), ...change }])
  }

  /** Applies the server's news of conversations; null: removed. */
  hear(changes: { id: string; conversation: ConversationSummary | null }[]): void {
    const told = changes.flatMap(({ conversation }) => conversation ?? [])
    this.set([...this.without(changes.map(({ id }) => id)), ...told])
  }

  /** Adds the conversation of an open page, which may be in a section that was not loaded, such as a closed folder. */
  meet(conversation: ConversationSummary): void {
    const wasRead = sectionsOf(conversation).some((section) => {
      const frontier = this.frontiers.get(section)
      return frontier === null || (frontier !== undefined && orderKey(conversation) >= frontier)
    })
    if (!wasRead && !this.known.some(({ id }) => id === conversation.id)) this.set([...this.known, conversation])
  }

  /** Changes a conversation; no effect when it is not known. */
  patch(id: string, change: Change): void {
    this.set(applied(this.known, new Set([id]), (conversation) => ({ ...conversation, ...change })))
  }

  /**
   * Shows a change (null: the conversations are removed) while `request` is in flight. Keeps it on success; otherwise
   * restores the previous state and throws the request's error.
   */
  async attempt(
    ids: string[],
    change: Change | ((conversation: ConversationSummary) => Change) | null,
    request: () => Promise<unknown>,
  ): Promise<void> {
    const apply: Applied = (conversation) =>
      change && { ...conversation, ...(typeof change === "function" ? change(conversation) : change) }
    const attempt = { ids: new Set(ids), apply }
    this.underWay.add(attempt)
    this.publish()
    try {
      await request()
      this.set(applied(this.known, attempt.ids, apply))
    } finally {
      this.underWay.delete(attempt)
      this.publish()
    }
  }

  /**
   * Loads the next page of a section, or its first one; retries with growing delays while unavailable. No effect once
   * it is fully loaded.
   */
  async more(section: Section): Promise<void> {
    const frontier = this.frontiers.get(section)
    if (frontier === null || this.readingOn.has(section) || this.refused.has(section)) return
    this.readingOn.add(section)
    try {
      const { signal } = new AbortController()
      const page = await repeat(() => this.readPage(section, frontier ?? null), { signal, wait: this.wait })
      if (!page) this.refused.add(section)
    } finally {
      this.readingOn.delete(section)
    }
  }

  /** Loads the newest conversations of all sections after one was started. */
  async latest(): Promise<void> {
    await this.readNow("all", null)
  }

  /** Reloads what is loaded of each section. A failure keeps what is shown. */
  async refresh(): Promise<void> {
    this.reading += 1
    const { reading } = this
    for (const [section, frontier] of [...this.frontiers]) {
      let cursor: string | null = null
      do {
        const page: ListPage | null = await this.readNow(section, cursor, () => reading === this.reading)
        if (!page) return
        this.refused.delete(section)
        cursor = page.cursor
      } while (cursor !== null && (frontier === null || cursor > frontier))
    }
  }

  /** Null when unavailable or no longer wanted. */
  private readNow(...asked: Parameters<ConversationStore["readPage"]>): Promise<ListPage | null> {
    return this.readPage(...asked).catch(() => null)
  }

  private async readPage(section: Section, cursor: string | null, wanted = () => true): Promise<ListPage | null> {
    for (let reads = 1; ; reads++) {
      const { happened } = this
      const page = await this.read(section, cursor)
      if (page === null || !wanted()) return null
      if (happened !== this.happened) {
        if (reads >= READS_AT_ONCE) await this.wait(reads - READS_AT_ONCE, new AbortController().signal)
        continue
      }
      this.take(section, cursor, page)
      this.publish()
      return page
    }
  }

  /** The server's page is complete between its two ends. */
  private take(section: Section, from: string | null, { conversations, cursor }: ListPage): void {
    const told = new Set(conversations.map(({ id }) => id))
    const stays = (conversation: ConversationSummary) => {
      if (told.has(conversation.id)) return false
      if (!isIn(section, conversation)) return true
      const key = orderKey(conversation)
      return (from !== null && key >= from) || (cursor !== null && key < cursor)
    }
    this.known = [...this.known.filter(stays), ...conversations].sort(newestFirst)
    const frontier = this.frontiers.get(section)
    const further = frontier === undefined || (frontier !== null && (cursor === null || cursor < frontier))
    if (further) this.frontiers.set(section, cursor)
  }

  private without(ids: string[]): ConversationSummary[] {
    const gone = new Set(ids)
    return this.known.filter(({ id }) => !gone.has(id))
  }

  private set(known: ConversationSummary[]): void {
    this.happened += 1
    // Nearly sorted already, which the built-in sort handles efficiently.
    this.known = [...known].sort(newestFirst)
    this.publish()
  }

  private publish(): void {
    this.shown.set([...this.underWay].reduce((list, { ids, apply }) => applied(list, ids, apply), [...this.known]))
  }
}

function applied(list: ConversationSummary[], ids: Set<string>, apply: Applied): ConversationSummary[] {
  return list.flatMap((conversation) => (ids.has(conversation.id) ? (apply(conversation) ?? []) : conversation))
}
