/** What the user says while an answer runs, held until the model is told before its next step. */
import type { ModelMessage, UIMessageChunk } from "ai"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import type { Note } from "@/lib/messages/notes"

/** Limit of queued notes; further ones wait in the browser. */
const MAX_WAITING = 20

/** `given`: the model has been told. `over`: it won't be told anymore, so the note becomes the next message. */
export type NoteState = "waiting" | "given" | "over"

export class Notes {
  private waiting: Note[] = []
  /** Notes that go with the step that is starting. */
  private going: Note[] = []
  private readonly given: Set<string>

  /** `before`: content of the answer before it was continued. */
  constructor(before: UIMessageChunk[] = []) {
    this.given = new Set(before.flatMap((chunk) => (chunk.type === "data-steer" && chunk.id ? [chunk.id] : [])))
  }

  /** Adding the same note again changes nothing. */
  add(note: Note): NoteState {
    if (this.given.has(note.id)) return "given"
    if (this.waiting.some(({ id }) => id === note.id)) return "waiting"
    if (this.waiting.length >= MAX_WAITING) return "over"
    this.waiting.push(note)
    return "waiting"
  }

  /** Withdraws a note. `given`: too late. */
  remove(id: string): NoteState {
    if (this.given.has(id)) return "given"
    this.waiting = this.waiting.filter((note) => note.id !== id)
    return "over"
  }

  /** The messages of the step that is starting, including queued notes, which can't be withdrawn from here on. */
  tell(messages: ModelMessage[]): ModelMessage[] {
    const notes = this.waiting
    if (notes.length === 0) return messages
    this.waiting = []
    this.going.push(...notes)
    for (const { id } of notes) this.given.add(id)
    const text = notes.map((note) => note.text).join("\n\n")
    const last = messages.at(-1)
    // Not answered yet: the notes join the question's turn.
    const [behind, before] = last?.role === "user" ? [[last], messages.slice(0, -1)] : [[], messages]
    return [...before, ...normalizeTurns([...behind, { role: "user", content: [{ type: "text", text }] }])]
  }

  /** Writes the notes of the step that is starting, once; they precede it. */
  write(write: (chunk: UIMessageChunk) => void): void {
    for (const note of this.going.splice(0)) write({ type: "data-steer", id: note.id, data: note })
  }
}
