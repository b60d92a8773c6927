/** Reads the conversation as the server has it: anew, further up, another branch. */
import { isFinal } from "@/components/base/api"
import { fetchConversation, selectBranch, setMessageDeleted } from "@/components/base/conversation-api"
import { retryWait } from "@/components/base/retry-wait"
import { complain } from "@/components/session/complain"
import { isAnswering, isOccupied, takesView } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"
import type { ConversationView } from "@/lib/chat/conversation.types"

interface ReadingOptions {
  id: string
  store: SessionStore
  /** It is shown: what is still being written has to be followed. */
  onShown: (view: ConversationView) => void
}

type Loaded = { from: string } | { last: "1" }

export class Reading {
  private loadingEarlier: Promise<void> | null = null

  constructor(private readonly options: ReadingOptions) {}

  /** What is here of the branch, as the server reads it. */
  get loaded(): Loaded {
    const [first] = this.options.store.state.messages
    return first ? { from: first.id } : { last: "1" }
  }

  /** Shows what was read, unless what was begun here meanwhile is newer. */
  show = (view: ConversationView): void => {
    const { store, onShown } = this.options
    if (!takesView(store.state, view)) return
    store.dispatch({ type: "read", view })
    onShown(view)
  }

  /** Reads the conversation anew. Throws nothing. */
  reload = async (): Promise<void> => {
    await fetchConversation(this.options.id, this.loaded).then(this.show).catch(complain)
  }

  /**
   * Reads what ended out of sight: again with growing waits while the server can't be reached, since nothing else would
   * bring it. Throws nothing; ends with the page.
   */
  async catchUp(page: AbortSignal): Promise<void> {
    const { id, store } = this.options
    for (let tries = 0; !page.aborted; tries++) {
      try {
        this.show(await fetchConversation(id, this.loaded))
        break
      } catch (error) {
        if (isFinal(error)) return complain(error)
      }
      store.dispatch({ type: "connection", connection: "reconnecting" })
      await retryWait(tries, page).catch(() => undefined)
    }
    store.dispatch({ type: "connection", connection: "open" })
  }

  selectSibling = (messageId: string): void => {
    selectBranch(this.options.id, messageId, this.loaded).then(this.show).catch(complain)
  }

  /** Deletes a message. Returns what brings it back. Both reject with an `ApiError`, and all is shown as it is then. */
  remove = async (messageId: string): Promise<() => Promise<void>> => {
    const { loaded: before } = this
    this.options.store.dispatch({ type: "removed", messageId })
    await this.setDeleted(messageId, true, this.loaded)
    // From where it was read: it may have been the first that was here.
    return () => this.setDeleted(messageId, false, before)
  }

  private async setDeleted(message: string, deleted: boolean, piece: Loaded): Promise<void> {
    try {
      this.show(await setMessageDeleted(this.options.id, { message, deleted }, piece))
    } catch (error) {
      await this.reload()
      throw error
    }
  }

  /** Reads the page of messages before the first that is here; back to `until`, when that is given. Throws nothing. */
  loadEarlier = (until?: string): Promise<void> => {
    this.loadingEarlier ??= this.readEarlier(until)
      .catch(complain)
      .finally(() => {
        this.loadingEarlier = null
      })
    return this.loadingEarlier
  }

  /** Reads the whole branch; as far as it comes, when the server can't be reached. Throws nothing. */
  loadAll = async (): Promise<void> => {
    const { store } = this.options
    for (let left = store.state.earlier; left > 0; left = store.state.earlier) {
      await this.loadEarlier()
      if (store.state.earlier >= left) return
    }
  }

  /** Makes a message be here: from further up, or from another branch, which is shown then. False when there is none. */
  reveal = async (messageId: string): Promise<boolean> => {
    const { id, store } = this.options
    const isHere = () => [...store.state.messages, ...store.state.compared].some((message) => message.id === messageId)
    await this.loadingEarlier
    if (!isHere() && store.state.earlier > 0) await this.loadEarlier(messageId)
    if (isHere() || isAnswering(store.state)) return isHere()
    try {
      this.show(await selectBranch(id, messageId, this.loaded))
    } catch {
      return false
    }
    if (!isHere() && store.state.earlier > 0) await this.loadEarlier(messageId)
    return isHere()
  }

  /** The server has put a question behind messages that are not here: they are read. Throws nothing. */
  async readMissed(questionId: string): Promise<void> {
    const view = await fetchConversation(this.options.id, this.loaded).catch(() => null)
    this.options.store.dispatch({ type: "missedRead", view, questionId })
  }

  private async readEarlier(until?: string): Promise<void> {
    const { id, store } = this.options
    const [first] = store.state.messages
    if (!first || store.state.earlier === 0) return
    const view = await fetchConversation(id, { before: first.id, ...(until ? { from: until } : {}) })
    // Another branch is shown meanwhile, here or (the server knows nothing before this message) in another tab.
    if (store.state.messages[0]?.id !== first.id) return
    if (view.messages.at(-1)?.id === first.metadata?.parentId) store.dispatch({ type: "earlierRead", view })
    else if (!isOccupied(store.state)) this.show(view)
  }
}
