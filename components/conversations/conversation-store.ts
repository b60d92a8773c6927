import { repeat, retryWait } from "@/components/base/retry-wait"
import { serverClock } from "@/components/base/server-clock"
import { Store } from "@/components/base/store"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { isIn, type ListPage, orderKey, type Section, sectionsOf } from "@/lib/chat/list/sections"

export type Change = Partial<Omit<ConversationSummary, "id">>
/** How a conversation is after a change; null: gone. */
type Applied = (conversation: ConversationSummary) => ConversationSummary | null

/** Gives a page of a part of the list as the server has it, null when it never will. Throws when it can't be had now. */
export type ReadPage = (section: Section, cursor: string | null) => Promise<ListPage | null>

/** Times that a page is read again without a wait, because something happened meanwhile. */
const READS_AT_ONCE = 3

const newestFirst = (a: ConversationSummary, b: ConversationSummary) =>
  a.updatedAt === b.updatedAt ? (a.id < b.id ? 1 : -1) : a.updatedAt < b.updatedAt ? 1 : -1

/**
 * The conversations that one tab knows of, newest first: what the server told last, what happened here since, and
 * over both what was asked for and is still on its way. Each part of the list is known from its newest to a frontier.
 */
export class ConversationStore {
  private readonly shown = new Store<ConversationSummary[]>([])
  private readonly underWay = new Set<{ ids: Set<string>; apply: Applied }>()
  /** How far each part is known: the `orderKey` of its last one, or null: to the end. */
  private readonly frontiers = new Map<Section, string | null>()
  private readonly readingOn = new Set<Section>()
  /** Parts of which the server gives no page, as far as is known. */
  private readonly refused = new Set<Section>()
  private known: ConversationSummary[] = []
  /** Counts what happened here: a page that was asked for before is out of date. */
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

  /** How far a part is known, as an `orderKey`; null: to its end; undefined: it was never read. */
  frontier = (section: Section): string | null | undefined => this.frontiers.get(section)

  /** Adds a conversation or merges what is known of it now. */
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

  /** What the server tells of conversations; null: it is gone. */
  hear(changes: { id: string; conversation: ConversationSummary | null }[]): void {
    const told = changes.flatMap(({ conversation }) => conversation ?? [])
    this.set([...this.without(changes.map(({ id }) => id)), ...told])
  }

  /** A conversation whose page is open: it may stand where nothing was read, as in a folder that is closed. */
  meet(conversation: ConversationSummary): void {
    const wasRead = sectionsOf(conversation).some((section) => {
      const frontier = this.frontiers.get(section)
      return frontier === null || (frontier !== undefined && orderKey(conversation) >= frontier)
    })
    if (!wasRead && !this.known.some(({ id }) => id === conversation.id)) this.set([...this.known, conversation])
  }

  /** Changes a conversation; nothing when it is not known. */
  patch(id: string, change: Change): void {
    this.set(applied(this.known, new Set([id]), (conversation) => ({ ...conversation, ...change })))
  }

  /**
   * Shows a change (null: the conversations are gone) while `request` is on its way. It stays when the request
   * succeeds; else what was there before is shown again, and the request's error is thrown.
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
   * Reads the next page of a part, its first one when there was none; what can't be had now, after growing waits.
   * Nothing when it is known to its end.
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

  /** Reads the newest conversations of all parts: something was begun. */
  async latest(): Promise<void> {
    await this.readNow("all", null)
  }

  /** Reads anew what is known of each part. A failure leaves what is shown. */
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

  /** Null when it can't be had or is not wanted any more. */
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

  /** What the server says of a part between two places is all that is there. */
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
    // Nearly in order already, which a sort of the language makes good use of.
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
