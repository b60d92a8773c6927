/** Requested changes to part of an answer, and accepting or rejecting them. */
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

  /** Requests a version of an answer with one part changed. */
  ask = (change: ChangeRequest): void => {
    const { store, turns } = this.around
    const asked = { kind: "change" as const, messageId: change.of, change }
    if (!store.state.messages.some(({ id }) => id === change.of)) return
    turns.ask({ asked, question: null, answers: [{ id: uuidv7() }] })
  }

  /** Accepts or rejects a finished change. Resolves to false when the request failed. */
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

  /**
   * Overwrites values in a JSON answer. Rejects with the error from the request; on a conflict the page first reloads
   * what is stored.
   */
  editValues = async (messageId: string, values: ValueEdit[]): Promise<void> => {
    const { id, reading } = this.around
    try {
      reading.show(await editValues(id, { messageId, values }, reading.loaded))
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) await reading.reload()
      throw error
    }
  }

  /** Requests again a change that did not finish or was not what was meant, replacing this version. */
  again = async (messageId: string, change: ChangeRequest): Promise<void> => {
    if (await this.decide(messageId, false)) this.ask(change)
  }

  /** Another tab accepted or rejected a change. */
  heard = (): void => {
    const { store, reading } = this.around
    if (!isOccupied(store.state)) void reading.reload()
  }
}
