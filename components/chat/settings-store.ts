/** Settings of one conversation on an open page: what is shown and sent, and who has to be told of a change. */
import { type PageStorage, readJson } from "@/components/base/storage"
import { Store } from "@/components/base/store"
import type { ChatSettings } from "@/lib/messages/types"

/** What was chosen for a conversation that has not begun. */
const KEY = "sparkler:settings:new"
/** Milliseconds of quiet before the server is told: a system prompt is not sent on each key. */
const TELL_AFTER_MS = 500

interface Options {
  initial: ChatSettings
  /** The server has the conversation. */
  stored: boolean
  /** Tells the server. Throws nothing. */
  tell: (settings: ChatSettings) => void
}

export class SettingsStore {
  private readonly settings: Store<ChatSettings>
  private stored: boolean
  /** Changed here, and neither told nor sent since. */
  private changed = false
  private storage: PageStorage | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly tell: Options["tell"]

  constructor({ initial, stored, tell }: Options) {
    this.settings = new Store(initial)
    this.stored = stored
    this.tell = tell
  }

  get = (): ChatSettings => this.settings.get()
  subscribe = (listener: () => void): (() => void) => this.settings.subscribe(listener)

  /** Reads what was chosen before a reload, once; nothing where the conversation has begun. */
  load(storage: PageStorage, begun: boolean): void {
    if (begun) this.begin()
    if (this.storage) return
    this.storage = storage
    const kept = this.stored ? null : readKept(storage)
    if (kept && !this.changed) this.settings.set(kept)
  }

  /** The person chooses. */
  change = (settings: ChatSettings): void => {
    this.changed = true
    this.settings.set(settings)
    if (this.stored) this.later()
    else writeKept(this.storage, settings)
  }

  /** How they are at the server now. What was chosen here since is newer. */
  hear = (settings: ChatSettings): void => {
    this.begin()
    if (!this.changed) this.settings.set(settings)
  }

  /** For a message that goes out now. */
  send(): ChatSettings {
    if (!this.stored) this.changed = false
    return this.get()
  }

  /** The server has the message, and the settings that went with it. */
  accepted(): void {
    this.begin()
    if (this.changed) this.later()
  }

  /** Tells at once what waits to be told. */
  flush = (): void => {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.stored || !this.changed) return
    this.changed = false
    this.tell(this.get())
  }

  /** The server has the conversation, from whichever answer that is heard first: the next new one starts afresh. */
  private begin(): void {
    if (!this.stored) writeKept(this.storage, null)
    this.stored = true
  }

  private later(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.flush, TELL_AFTER_MS)
  }
}

/** The outline is enough: the server reads it with a schema before it counts. */
const isSettings = (value: unknown): value is ChatSettings =>
  typeof value === "object" && value !== null && !Array.isArray(value)

function readKept(storage: PageStorage): ChatSettings | null {
  const value = readJson(storage, KEY)
  return isSettings(value) ? value : null
}

function writeKept(storage: PageStorage | null, settings: ChatSettings | null): void {
  if (settings) storage?.setItem(KEY, JSON.stringify(settings))
  else storage?.removeItem(KEY)
}
