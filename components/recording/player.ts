/** Plays a recording: the same chunks as a real answer, at the recorded times, without a server. */
import { Store } from "@/components/base/store"
import { GrowingMessage } from "@/components/stream/growing-message"
import { closeParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"
import type { Frame } from "@/lib/recording/timeline"

/** Playback speed; `0`: everything at once. */
export const SPEEDS = [1, 4, 0] as const
export type Speed = (typeof SPEEDS)[number]

/** Milliseconds between renders, and between clock updates while nothing arrives. */
const DRAW_EVERY_MS = 50
const LOOK_EVERY_MS = 250

export interface Playing {
  /** The current answer; null before its first word. */
  message: ChatMessage | null
  /** Milliseconds played, at original speed. */
  at: number
  running: boolean
  over: boolean
  speed: Speed
}

interface Options {
  frames: readonly Frame[]
  id: string
  /** The reason shown for a call without a result when the recording ends before it. */
  ended: string
  now?: () => number
}

export class Player {
  readonly state: Store<Playing>
  /** Total milliseconds at original speed. */
  readonly length: number
  private readonly now: () => number
  private growing: GrowingMessage
  /** Number of frames shown. */
  private shown = 0
  private begun = false
  private timer: ReturnType<typeof setTimeout> | undefined
  /** When playback last advanced, by this page's clock. */
  private lookedAt = 0

  constructor(private readonly options: Options) {
    this.length = options.frames.at(-1)?.at ?? 0
    this.now = options.now ?? (() => performance.now())
    this.growing = new GrowingMessage(options.id)
    this.state = new Store<Playing>({ message: null, at: 0, running: false, over: false, speed: 1 })
  }

  play = (): void => {
    if (this.state.get().over) this.rewind()
    this.lookedAt = this.now()
    this.set({ running: true })
    void this.look()
  }

  pause = (): void => {
    clearTimeout(this.timer)
    this.set({ running: false })
  }

  restart = (): void => {
    this.rewind()
    this.play()
  }

  setSpeed = (speed: Speed): void => {
    this.set({ speed })
    if (this.state.get().running) void this.look()
  }

  private rewind(): void {
    clearTimeout(this.timer)
    this.growing = new GrowingMessage(this.options.id)
    this.shown = 0
    this.begun = false
    this.set({ message: null, at: 0, over: false })
  }

  /** Shows what is due, and schedules the next call. */
  private async look(): Promise<void> {
    clearTimeout(this.timer)
    const { frames } = this.options
    const { speed, at: before } = this.state.get()
    const now = this.now()
    const passed = speed === 0 ? Number.POSITIVE_INFINITY : (now - this.lookedAt) * speed
    this.lookedAt = now
    const at = Math.min(before + passed, this.length)
    for (let frame = frames[this.shown]; frame && frame.at <= at; frame = frames[++this.shown]) this.take(frame)
    const { growing } = this
    await growing.readArguments()
    // It was restarted in the meantime.
    if (growing !== this.growing) return
    const over = this.shown === frames.length
    const message = this.begun ? this.messageNow(over) : null
    if (over) return this.set({ message, at: this.length, over, running: false })
    this.set({ message, at })
    if (!this.state.get().running) return
    const next = ((frames[this.shown]?.at ?? at) - at) / (speed || 1)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.look(), Math.min(Math.max(next, DRAW_EVERY_MS), LOOK_EVERY_MS))
  }

  private take({ anew, chunks }: Frame): void {
    if (anew && this.begun) this.growing = new GrowingMessage(this.options.id)
    this.begun = true
    for (const chunk of chunks) this.growing.take(chunk)
  }

  /** If the recording ends before the answer does, the answer ends here. */
  private messageNow(over: boolean): ChatMessage {
    const message = this.growing.message()
    const { id, metadata, parts } = message
    if (!over || (metadata && metadata.status !== "streaming")) return message
    const createdAt = metadata?.createdAt ?? new Date(0).toISOString()
    return {
      ...{ id, role: "assistant", parts: closeParts(parts, { reason: { text: this.options.ended } }) },
      metadata: { parentId: null, createdAt, ...metadata, status: "interrupted" },
    }
  }

  private set(change: Partial<Playing>): void {
    this.state.set({ ...this.state.get(), ...change })
  }
}
