/** Changes to one or many conversations in the list: applied optimistically, sent to the server, undoable. */
import { api } from "@/components/base/api"
import type { Change } from "@/components/conversations/conversation-store"
import { type ListContext, offerUndo, sayWhy, shortName } from "@/components/sidebar/list-changes"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { type FolderSummary, MAX_BULK, type PlaceChange, placeAfter } from "@/lib/chat/list/sections"

type Many = ConversationSummary[]
type How = Change | ((conversation: ConversationSummary) => Change) | null

const idsOf = (many: Many) => many.map(({ id }) => id)
/** Message values: the title for one, the count for many. */
const named = (many: Many) => ({ count: many.length, title: shortName(many[0]?.title ?? "") })

/** One request, or several for more than 500. */
async function send(many: Many, body: Record<string, unknown>): Promise<void> {
  for (let from = 0; from < many.length; from += MAX_BULK)
    await api("/api/conversations", {
      method: "PATCH",
      body: { ids: idsOf(many).slice(from, from + MAX_BULK), ...body },
    })
}

export class ConversationChanges {
  constructor(private readonly context: ListContext) {}

  pin = (many: Many, pinned: boolean): Promise<boolean> => this.place(many, { pinned })

  archive = async (many: Many, archived: boolean): Promise<void> => {
    const done = await this.place(many, { archived })
    if (!done || !archived) return
    this.offerUndo("archivedNow", many, async () => {
      await this.place(many, { archived: false })
      await this.takeBack(many)
    })
  }

  remove = async (many: Many): Promise<void> => {
    const { go } = this.context
    if (!(await this.change(many, null, { deleted: true }))) return
    const shown = many.map(({ id }) => `/c/${id}`).find((path) => window.location.pathname === path)
    if (shown) go("/")
    this.offerUndo("deleted", many, async () => {
      await this.restore(many)
      // Returns to the conversation shown before, unless the user has navigated since.
      if (shown && window.location.pathname === "/") go(shown)
    })
  }

  /** Moves into a folder, or (null) back to the list by date. */
  move = async (many: Many, folder: FolderSummary | null): Promise<void> => {
    const { t } = this.context
    const target = folder?.id ?? null
    const moving = many.filter(({ folderId, archived }) => folderId !== target || archived)
    if (moving.length === 0 || !(await this.place(moving, { folderId: target }))) return
    const text = folder
      ? t("moved", { ...named(moving), folder: shortName(folder.name) })
      : t("movedOut", named(moving))
    offerUndo(this.context, text, async () => {
      for (const before of new Set(moving.map(({ folderId }) => folderId)))
        await this.place(
          moving.filter(({ folderId }) => folderId === before),
          { folderId: before },
        )
      await this.takeBack(moving)
    })
  }

  tag = (many: Many, tags: { add: string[]; remove: string[] }): Promise<boolean> => {
    const how = ({ tags: before }: ConversationSummary) => ({
      tags: [...new Set([...before.filter((name) => !tags.remove.includes(name)), ...tags.add])].sort(),
    })
    return this.change(many, how, { tags })
  }

  rename = ({ id }: ConversationSummary, title: string): Promise<unknown> =>
    this.context.store
      .attempt([id], { title }, () => api(`/api/conversations/${id}`, { method: "PATCH", body: { title } }))
      .catch((error) => sayWhy(this.context, error))

  private offerUndo(key: "archivedNow" | "deleted", many: Many, undo: () => Promise<unknown>): void {
    offerUndo(this.context, this.context.t(key, named(many)), undo)
  }

  /** Moves to another section. */
  private place = (many: Many, change: PlaceChange) => this.change(many, placeAfter(change), { ...change })

  /** Applied optimistically. False when refused; the error has been shown. */
  private async change(many: Many, how: How, body: Record<string, unknown>): Promise<boolean> {
    const { store, outline } = this.context
    try {
      await store.attempt(idsOf(many), how, () => send(many, body))
      return true
    } catch (error) {
      sayWhy(this.context, error)
      // Another tab may have been first.
      void store.refresh()
      return false
    } finally {
      void outline.refresh()
    }
  }

  /** Returns each conversation to where it was. */
  private async takeBack(many: Many): Promise<void> {
    const pinned = many.filter((conversation) => conversation.pinned)
    const archived = many.filter((conversation) => conversation.archived)
    if (pinned.length > 0) await this.place(pinned, { pinned: true })
    if (archived.length > 0) await this.place(archived, { archived: true })
  }

  private async restore(many: Many): Promise<void> {
    const { store, outline } = this.context
    try {
      await send(many, { deleted: false })
      // Deleting stopped the answers.
      store.hear(many.map((one) => ({ id: one.id, conversation: { ...one, running: false } })))
    } catch (error) {
      sayWhy(this.context, error)
    }
    await Promise.all([outline.refresh(), store.refresh()])
  }
}
