/** A conversation as the server has it: read, followed while an answer is written, read again when something was missed. */
import type { ChatStatus } from "ai"
import { reuse, withEarlier } from "@/components/base/branches"
import { fetchConversation, selectBranch, sentenceOf } from "@/components/base/conversation-api"
import { isStreaming } from "@/components/base/message-content"
import { retryWait } from "@/components/base/retry-wait"
import { type Engine, isBusy, type SessionOptions, SessionStore, shownOf } from "@/components/session/session-state"
import type { TurnOptions } from "@/components/stream/chat-request"
import { toast } from "@/components/ui/toast"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage, MessageStatus } from "@/lib/messages/types"

export interface HeardAnswer {
  messageId: string
  status: MessageStatus
}

export const complain = (error: unknown): void => void toast.error(sentenceOf(error))

/** Holds the AI SDK's chat, fetched when it is first needed, and keeps it true to what is stored. */
export abstract class FollowedConversation extends SessionStore {
  protected turn: TurnOptions = {}
  private engine: Promise<Engine> | null = null
  /** The messages while there is no engine yet, without what is on its way. */
  private settled: ChatMessage[]
  /** What is stored has to be read: the answer ended out of sight, or another one was asked for elsewhere. */
  protected outdated = false
  private loadingEarlier: Promise<void> | null = null
  /** Times in a row that an answer was not there to be followed. */
  private misses = 0

  constructor(protected readonly options: SessionOptions) {
    super(options.view)
    this.settled = this.state.messages
  }

  /** A turn of this page is on its way to the server or being answered. */
  protected abstract readonly hasAttempt: boolean
  /** The server has stored the message. */
  protected abstract accepted(parentId?: string | null): void
  protected abstract failed(error: Error): void
  /** An answer ended; `outdated` says whether what is stored has to be read. */
  protected abstract finished(): void
  /** The stored conversation was read after an answer that ended out of sight. */
  protected abstract settle(): void

  /** Fetches the engine before it is needed. */
  warm = (): void => void this.load().catch(() => undefined)

  /** What the engine holds now. */
  publish = (messages: ChatMessage[], status: ChatStatus): void => this.set({ messages, status })

  /** Another tab, or the server, tells of an answer in this conversation. */
  heard = (answer: HeardAnswer): void => this.hear(answer)

  protected hear({ messageId, status }: HeardAnswer): void {
    const last = this.messages.at(-1)
    if (this.busy) this.outdated ||= messageId !== last?.id && messageId !== this.turn.responseId
    else if (messageId !== last?.id || status !== last.metadata?.status) void this.reload()
  }

  /** Something may have happened unheard. */
  catchUp = (): void => {
    if (!this.occupied && this.messages.length > 0) void this.reload()
  }

  selectSibling = (messageId: string): void => {
    selectBranch(this.options.id, messageId, this.loaded).then((view) => this.show(view), complain)
  }

  /** Reads the conversation anew, and goes on reading an answer that is still being written. Throws nothing. */
  reload = async (): Promise<void> => {
    try {
      const view = await fetchConversation(this.options.id, this.loaded)
      // What was begun meanwhile is newer.
      if (!this.occupied) this.show(view)
    } catch (error) {
      complain(error)
    }
  }

  /** Reads the page of messages before the first that is here; back to `until`, when that is given. Throws nothing. */
  loadEarlier = (until?: string): Promise<void> => {
    this.loadingEarlier ??= this.readEarlier(until).finally(() => {
      this.loadingEarlier = null
    })
    return this.loadingEarlier
  }

  /** Makes a message be here: from further up, or from another branch, which is shown then. False when there is none. */
  reveal = async (messageId: string): Promise<boolean> => {
    const isHere = () => [...this.messages, ...this.state.compared].some(({ id }) => id === messageId)
    await this.loadingEarlier
    if (!isHere() && this.state.earlier > 0) await this.loadEarlier(messageId)
    if (isHere() || this.busy) return isHere()
    try {
      this.show(await selectBranch(this.options.id, messageId, this.loaded))
    } catch {
      return false
    }
    if (!isHere() && this.state.earlier > 0) await this.loadEarlier(messageId)
    return isHere()
  }

  private async readEarlier(until?: string): Promise<void> {
    const [first] = this.messages
    if (!first || this.state.earlier === 0) return
    try {
      const piece = { before: first.id, ...(until ? { from: until } : {}) }
      const view = await fetchConversation(this.options.id, piece)
      const { messages, siblings, earlier } = view
      // Another branch is shown meanwhile, here or (the server knows nothing before this message) in another tab.
      if (this.messages[0]?.id !== first.id) return
      if (messages.at(-1)?.id !== first.metadata?.parentId) {
        if (!this.occupied) this.show(view)
        return
      }
      this.messages = [...messages, ...this.messages]
      this.set({ siblings: { ...siblings, ...this.state.siblings }, earlier })
    } catch (error) {
      complain(error)
    }
  }

  /** The server has put a question behind messages that are not here: they are read. */
  protected async readMissed(questionId: string): Promise<void> {
    const view = await fetchConversation(this.options.id, this.loaded).catch(() => null)
    const end = view?.messages.findIndex(({ id }) => id === questionId) ?? -1
    const place = this.messages.findIndex(({ id }) => id === questionId)
    // Else all is read when the answer has ended.
    this.outdated ||= end < 0
    if (!view || end < 0 || place < 0) return
    const before = withEarlier(this.messages.slice(0, place), view.messages.slice(0, end + 1))
    this.messages = [...reuse(this.messages, before), ...this.messages.slice(place + 1)]
    this.set({ siblings: { ...this.state.siblings, ...view.siblings } })
  }

  /** What is here of the branch, as the server reads it. */
  protected get loaded(): { from: string } | { last: "1" } {
    const [first] = this.messages
    return first ? { from: first.id } : { last: "1" }
  }

  /** What this page follows or has asked for is newer than what is stored. */
  protected get occupied(): boolean {
    const { engine, status } = this.state
    return this.hasAttempt || isBusy({ status: engine?.chat.status ?? status, messages: [], compared: [] })
  }

  protected get busy(): boolean {
    const { engine, status, compared } = this.state
    return this.hasAttempt || isBusy({ status: engine?.chat.status ?? status, messages: [], compared })
  }

  protected get messages(): ChatMessage[] {
    return this.state.engine?.chat.messages ?? this.settled
  }

  protected set messages(messages: ChatMessage[]) {
    const { engine } = this.state
    if (engine) engine.chat.messages = messages
    this.settled = messages
    this.set({ messages })
  }

  /** Goes on reading the answer that is being written, if there is one. */
  protected async resume(): Promise<void> {
    if (!isStreaming(this.messages.at(-1)?.metadata)) return
    const { chat } = await this.load()
    await chat.resumeStream()
  }

  protected load(): Promise<Engine> {
    this.engine ??= import("@/components/session/engine").then(({ createEngine, LiveChat }) => {
      const { id, onTitle } = this.options
      const chat = createEngine({
        id,
        messages: this.settled,
        resumedMessageId: () => this.messages.findLast(({ metadata }) => isStreaming(metadata))?.id,
        turn: () => this.turn,
        onAccepted: (parentId) => this.accepted(parentId),
        onConnection: (connection) => this.set({ connection }),
        onGone: () => this.lost(),
        onTitle,
        onError: (error) => this.failed(error),
        onFinish: () => this.finished(),
      })
      const engine = { chat, LiveChat }
      this.set({ engine })
      return engine
    })
    // Without a connection the code can't come: the next try asks again.
    this.engine.catch(() => {
      this.engine = null
    })
    return this.engine
  }

  /** Reads what ended out of sight; with growing waits while the server says that it runs and it can't be followed. */
  protected async readStored(): Promise<void> {
    this.outdated = false
    if (this.misses > 1) await retryWait(this.misses, new AbortController().signal)
    await this.reload()
    if (isBusy({ ...this.state, status: "ready", messages: this.messages })) return
    this.misses = 0
    this.settle()
  }

  protected show(view: ConversationView): void {
    const { siblings, earlier } = view
    const { messages, compared } = shownOf(view)
    this.options.onView?.(view)
    // Older ones may have come while this was on its way.
    const all = withEarlier(this.messages, messages)
    const more = all.length - messages.length
    this.messages = reuse(this.messages, all)
    this.set({
      compared: reuse(this.state.compared, compared),
      siblings: more > 0 ? { ...this.state.siblings, ...siblings } : siblings,
      earlier: earlier - more,
      refusal: null,
    })
    this.resume().catch(complain)
  }

  /** An answer ended out of sight. */
  protected missed(): void {
    this.outdated = true
    this.misses++
  }

  private lost(): void {
    this.missed()
    // A resume that finds nothing ends without telling anybody else.
    if (!this.hasAttempt) this.finished()
  }
}
