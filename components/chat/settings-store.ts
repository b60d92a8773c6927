/** Settings of one conversation on an open page: what is shown and sent, and when the server is notified of changes. */
import { type PageStorage, readJson } from "@/components/base/storage"
import { Store } from "@/components/base/store"
import type { ChatSettings } from "@/lib/messages/types"

/** Settings chosen for a conversation that has not begun. */
const KEY = "sparkler:settings:new"
/** Milliseconds of inactivity before the server is notified: a system prompt is not sent on every keystroke. */
const TELL_AFTER_MS = 500

interface Options {
  initial: ChatSettings
  /** The server has the conversation. */
  stored: boolean
  /** Notifies the server. Never throws. */
  tell: (settings: ChatSettings) => void
}

export class SettingsStore {
  private readonly settings: Store<ChatSettings>
  private stored: boolean
  /** Changed here since the last notification or send. */
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

  /** Restores settings chosen before a reload, once; nothing when the conversation has begun. */
  load(storage: PageStorage, begun: boolean): void {
    if (begun) this.begin()
    if (this.storage) return
    this.storage = storage
    const kept = this.stored ? null : readKept(storage)
    if (kept && !this.changed) this.settings.set(kept)
  }

  /** Called when the user changes settings. */
  change = (settings: ChatSettings): void => {
    this.changed = true
    this.settings.set(settings)
    if (this.stored) this.later()
    else writeKept(this.storage, settings)
  }

  /** The server's current settings. Later local changes take precedence. */
  hear = (settings: ChatSettings): void => {
    this.begin()
    if (!this.changed) this.settings.set(settings)
  }

  /** The settings for a message being sent now. */
  send(): ChatSettings {
    if (!this.stored) this.changed = false
    return this.get()
  }

  /** The server has the message and the settings sent with it. */
  accepted(): void {
    this.begin()
    if (this.changed) this.later()
  }

  /** Sends a pending notification immediately. */
  flush = (): void => {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.stored || !this.changed) return
    this.changed = false
    this.tell(this.get())
  }

  /** The server has the conversation, whichever response says so first: the next new one starts with fresh settings. */
  private begin(): void {
    if (!this.stored) writeKept(this.storage, null)
    this.stored = true
  }

  private later(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.flush, TELL_AFTER_MS)
  }
}

/** A shallow check is enough: the server validates it with a schema. */
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
