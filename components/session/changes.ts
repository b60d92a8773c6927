/** Changes of a part of an answer: asked for, then taken or left. */
import { v7 as uuidv7 } from "uuid"
import { ApiError } from "@/components/base/api"
import { decideChange, editValues } from "@/components/base/conversation-api"
import { complain } from "@/components/session/complain"
import type { Reading } from "@/components/session/reading"
import { isOccupied } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"
import type { Turns } from "@/components/session/turns"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ValueEdit } from "@/lib/messages/edits.types"

interface ChangesOptions {
  id: string
  store: SessionStore
  reading: Reading
  turns: Turns
}

export class Changes {
  constructor(private readonly around: ChangesOptions) {}

  /** Asks for a version of an answer in which a part is another. */
  ask = (change: ChangeRequest): void => {
    const { store, turns } = this.around
    const asked = { kind: "change" as const, messageId: change.of, change }
    if (!store.state.messages.some(({ id }) => id === change.of)) return
    turns.ask({ asked, question: null, answers: [{ id: uuidv7() }] })
  }

  /** Takes a change that has come, or leaves it. False when that did not work. */
  decide = async (messageId: string, taken: boolean): Promise<boolean> => {
    const { id, reading } = this.around
    try {
      reading.show(await decideChange(id, { messageId, taken }, reading.loaded))
      return true
    } catch (error) {
      complain(error)
      return false
    }
  }

  /** Writes over values of an answer in JSON. Rejects with why that did not work; then the page shows what is there now. */
  editValues = async (messageId: string, values: ValueEdit[]): Promise<void> => {
    const { id, reading } = this.around
    try {
      reading.show(await editValues(id, { messageId, values }, reading.loaded))
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) await reading.reload()
      throw error
    }
  }

  /** Asks once more for a change that did not come to its end, or not as it was meant: in the place of this version. */
  again = async (messageId: string, change: ChangeRequest): Promise<void> => {
    if (await this.decide(messageId, false)) this.ask(change)
  }

  /** Another tab has taken a change, or left it. */
  heard = (): void => {
    const { store, reading } = this.around
    if (!isOccupied(store.state)) void reading.reload()
  }
}
