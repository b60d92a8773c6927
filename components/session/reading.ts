/** Reads the conversation from the server: reloads, earlier messages, other branches. */
import { isFinal } from "@/components/base/api"
import { fetchConversation, selectBranch, setMessageDeleted } from "@/components/base/conversation-api"
import { retryWait } from "@/components/base/retry-wait"
import { complain } from "@/components/session/complain"
import { isAnswering, isOccupied, shouldApplyView } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"
import type { ConversationView } from "@/lib/chat/conversation.types"

interface ReadingOptions {
  id: string
  store: SessionStore
  /** The view is shown: answers still being written need to be followed. */
  onShown: (view: ConversationView) => void
}

type Loaded = { from: string } | { last: "1" }

export class Reading {
  private loadingEarlier: Promise<void> | null = null

  constructor(private readonly options: ReadingOptions) {}

  /** The loaded part of the branch, in the form the server expects. */
  get loaded(): Loaded {
    const [first] = this.options.store.state.messages
    return first ? { from: first.id } : { last: "1" }
  }

  /** Shows a view unless this page has started something newer. */
  show = (view: ConversationView): void => {
    const { store, onShown } = this.options
    if (!shouldApplyView(store.state, view)) return
    store.dispatch({ type: "read", view })
    onShown(view)
  }

  /** Reloads the conversation. Never throws. */
  reload = async (): Promise<void> => {
    await fetchConversation(this.options.id, this.loaded).then(this.show).catch(complain)
  }

  /**
   * Reads answers that ended without being followed, retrying with growing delays while the server can't be reached,
   * since nothing else would fetch them. Never throws; ends when the page is left.
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

  /**
   * Deletes a message. Resolves with an undo function. Both reject with an `ApiError` after reloading the current
   * state.
   */
  remove = async (messageId: string): Promise<() => Promise<void>> => {
    const { loaded: before } = this
    this.options.store.dispatch({ type: "removed", messageId })
    await this.setDeleted(messageId, true, this.loaded)
    // Undo uses the range from before the deletion: the message may have been the first one loaded.
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

  /** Loads the page of messages before the first loaded one, back to `until` when given. Never throws. */
  loadEarlier = (until?: string): Promise<void> => {
    this.loadingEarlier ??= this.readEarlier(until)
      .catch(complain)
      .finally(() => {
        this.loadingEarlier = null
      })
    return this.loadingEarlier
  }

  /** Loads the whole branch, or as much as possible when the server can't be reached. Never throws. */
  loadAll = async (): Promise<void> => {
    const { store } = this.options
    for (let left = store.state.earlier; left > 0; left = store.state.earlier) {
      await this.loadEarlier()
      if (store.state.earlier >= left) return
    }
  }

  /**
   * Loads a message from further up or from another branch, which is then shown. Resolves to false when it does not
   * exist.
   */
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

  /** The server placed a question behind messages that are not loaded: loads them. Never throws. */
  async readMissed(questionId: string): Promise<void> {
    const view = await fetchConversation(this.options.id, this.loaded).catch(() => null)
    this.options.store.dispatch({ type: "missedRead", view, questionId })
  }

  private async readEarlier(until?: string): Promise<void> {
    const { id, store } = this.options
    const [first] = store.state.messages
    if (!first || store.state.earlier === 0) return
    const view = await fetchConversation(id, { before: first.id, ...(until ? { from: until } : {}) })
    // A different branch is shown by now, here or in another tab (then the server has nothing before this message).
    if (store.state.messages[0]?.id !== first.id) return
    if (view.messages.at(-1)?.id === first.metadata?.parentId) store.dispatch({ type: "earlierRead", view })
    else if (!isOccupied(store.state)) this.show(view)
  }
}
