/**
 * Reasoning that a model writes into its text. Text between tags at the start of a step is reasoning; later tags are
 * text. If the prompt already contains the begin tag, only the end tag arrives: then what was shown as text becomes
 * reasoning through a `reset-step`, which the AI SDK's readers understand.
 */
import type { UIMessageChunk } from "ai"
import { isAnswerBegun, isEnd } from "@/lib/generation/thinking/end-tag"
import {
  heldCharacterCount,
  LONE,
  MAX_HELD_WHITESPACE,
  TAGS,
  type Tag,
  trimmed,
} from "@/lib/generation/thinking/thinking-tags"

/** Characters of text after which a lone end tag is text, because so much is not taken back. */
const MAX_TAKEN_BACK = 400_000
/** Number of tags recognized as plain words, after which all further tags are. */
const MAX_WORDS = 8

type Write = (chunk: UIMessageChunk) => void

/** State of a step's text. */
type Place =
  /** Only whitespace, or part of a tag, has arrived. */
  | { at: "beginning" }
  | { at: "thinking"; tag: Tag }
  /** After reasoning: whitespace is dropped. */
  | { at: "behind" }
  /** In text that may still turn out to be reasoning. */
  | { at: "text" }
  /** In text that stays text. */
  | { at: "answer" }

/** Takes the chunks of an answer and writes them with the reasoning separated. */
export class Thoughts {
  private place: Place = { at: "beginning" }
  /** ID of the step's text part; null before and after it. */
  private id: string | null = null
  /** Received but not written: may be part of a tag. */
  private held = ""
  /** Written text of the step, as long as it may be taken back. */
  private said = ""
  /** The model has sent separate reasoning, so an end tag is not the end of any. */
  private thought = false
  /** A reasoning part is open. */
  private thinking = false
  /** The last character of the reasoning that was written. */
  private last = ""
  private parts = 0
  private words = 0
  /** Data chunks of the step, which are not text of the model. */
  private data: UIMessageChunk[] = []

  constructor(private readonly write: Write) {}

  take(chunk: UIMessageChunk): void {
    if (chunk.type === "text-delta" && chunk.id === this.id) return void this.takeText(chunk.delta)
    if (chunk.type === "text-start") return void this.begin(chunk.id)
    if (chunk.type === "text-end" && chunk.id === this.id) return void this.end()
    if (chunk.type === "start-step") this.reset()
    if (chunk.type === "reasoning-start") this.thought = true
    if ("toolCallId" in chunk) this.settle()
    if (chunk.type.startsWith("data-")) this.data.push(chunk)
    this.write(chunk)
  }

  private reset(): void {
    this.place = { at: "beginning" }
    this.thought = false
    this.parts = 0
    this.words = 0
    this.data = []
  }

  /** A call follows the text, so the text can't be taken back anymore. */
  private settle(): void {
    if (this.id === null || this.place.at !== "text") return
    this.read(true)
    if (this.place.at === "text") this.place = { at: "answer" }
  }

  private begin(id: string): void {
    this.id = id
    this.held = ""
    this.said = ""
    // Only the first text of a step can start an answer.
    if (this.parts++ > 0) this.openText({ at: "answer" })
    else this.place = { at: "beginning" }
  }

  private takeText(delta: string): void {
    const { place } = this
    if (place.at === "answer") return void this.writeText(delta)
    if (place.at === "text" && this.held === "" && !delta.includes("<")) return void this.keepText(delta)
    this.held += delta
    this.read(false)
  }

  /** Processes the held text as far as it can be classified. */
  private read(whole: boolean): void {
    for (;;) {
      const before = this.place
      const { at } = before
      if (at === "beginning") this.readBeginning(whole)
      else if (at === "thinking") this.readThinking(before.tag, whole)
      else if (at === "behind") this.readBehind(whole)
      else if (at === "text") this.readText(whole)
      else this.release()
      if (this.place === before) return
    }
  }

  private readBeginning(whole: boolean): void {
    const text = trimmed(this.held)
    if (this.readTags(text, whole)) return
    const begun = isAnswerBegun(text)
    if ((text === "" && this.held.length <= MAX_HELD_WHITESPACE) || (begun === null && !whole)) return
    if (text === "" && whole) return
    this.openText(begun || this.thought ? { at: "answer" } : { at: "text" })
  }

  /** Reads a tag at the start of the text; false if there is none and none can follow. */
  private readTags(text: string, whole: boolean): boolean {
    let waits = false
    for (const tag of TAGS) {
      const opened = this.thought ? 0 : tag.opens(text)
      if (opened) return this.goOn({ at: "thinking", tag }, text.slice(opened))
      const closed = tag.closes(text)
      if (closed) return this.goOn({ at: "behind" }, text.slice(closed))
      waits ||= opened === null || closed === null
    }
    return waits && !whole && text !== ""
  }

  /** Ends at the first end tag, as in the parsers of the servers for these models: none of them supports nesting. */
  private readThinking(tag: Tag, whole: boolean): void {
    const { held } = this
    const isQuoted = ({ at, length }: { at: number; length: number }) =>
      (held[at - 1] ?? this.last) === "`" && held[at + length] === "`"
    let end = tag.find(held, 0)
    // The reasoning mentions the tag.
    while (end && isQuoted(end)) end = tag.find(held, end.at + 1)
    if (!end) return void this.keepThinking(whole ? held.length : held.length - heldCharacterCount(held, tag))
    const behind = end.at + end.length
    // The next character is needed to tell.
    if (!whole && (held[end.at - 1] ?? this.last) === "`" && behind === held.length) return
    this.writeThought(held.slice(0, end.at).trimEnd())
    this.endThought()
    this.goOn({ at: "behind" }, held.slice(behind))
  }

  private keepThinking(length: number): void {
    this.last = this.held[length - 1] ?? this.last
    this.writeThought(this.held.slice(0, length))
    this.held = this.held.slice(length)
  }

  private readBehind(whole: boolean): void {
    const text = trimmed(this.held)
    // Nothing of the answer has arrived: reasoning starts again, or its end is repeated.
    if (this.readTags(text, whole)) return
    if (text === "" && this.held.length <= MAX_HELD_WHITESPACE) return
    this.held = this.held.replace(/^\s*\n|^[ \t]+/, "")
    this.openText({ at: "answer" })
  }

  private readText(whole: boolean): void {
    for (const tag of LONE) {
      for (let end = tag.find(this.held, 0); end; end = tag.find(this.held, end.at + 1)) {
        const before = this.said + this.held.slice(0, end.at)
        const after = this.held.slice(end.at + end.length)
        const ends = isEnd(before, after, tag.open, whole)
        if (ends) return void this.takeBack(before, after)
        if (ends === null) return void this.keepHeld(end.at)
        if (++this.words === MAX_WORDS) return void this.goOn({ at: "answer" }, this.held)
      }
    }
    this.keepHeld(whole ? this.held.length : this.held.length - Math.max(...LONE.map((tag) => tag.begun(this.held))))
  }

  /** Turns written text into reasoning. */
  private takeBack(thought: string, rest: string): void {
    this.write({ type: "reset-step" })
    for (const chunk of this.data) this.write(chunk)
    this.writeThought(thought.trimEnd())
    this.endThought()
    this.goOn({ at: "behind" }, rest)
  }

  private keepHeld(length: number): void {
    const text = this.held.slice(0, length)
    this.held = this.held.slice(length)
    this.keepText(text)
  }

  private keepText(text: string): void {
    this.writeText(text)
    this.said += text
    if (this.said.length > MAX_TAKEN_BACK) this.place = { at: "answer" }
  }

  private openText(place: Place): void {
    if (this.id !== null) this.write({ type: "text-start", id: this.id })
    this.place = place
  }

  private goOn(place: Place, held: string): true {
    this.place = place
    this.held = held
    return true
  }

  private release(): void {
    this.writeText(this.held)
    this.held = ""
  }

  /** No more chunks follow: writes what is held. */
  end(): void {
    if (this.id === null) return
    this.read(true)
    const { at } = this.place
    this.endThought()
    if ((at === "text" || at === "answer") && this.id !== null) this.write({ type: "text-end", id: this.id })
    this.id = null
    this.held = ""
    this.said = ""
  }

  private get thoughtId(): string {
    return `${this.id}-thoughts`
  }

  private writeText(delta: string): void {
    if (delta !== "" && this.id !== null) this.write({ type: "text-delta", id: this.id, delta })
  }

  private writeThought(delta: string): void {
    const text = this.thinking ? delta : delta.trimStart()
    if (text === "") return
    if (!this.thinking) this.write({ type: "reasoning-start", id: this.thoughtId })
    this.thinking = true
    this.write({ type: "reasoning-delta", id: this.thoughtId, delta: text })
  }

  private endThought(): void {
    if (this.thinking) this.write({ type: "reasoning-end", id: this.thoughtId })
    this.thinking = false
  }
}
