/** Actions on queued messages: take back, or give to the model at its next step. */
import { steerAnswer, unsteerAnswer } from "@/components/base/conversation-api"
import { complain } from "@/components/session/complain"
import type { QueuedTurn } from "@/components/session/queue"
import { steeredAnswer, waitsFor } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"

interface WaitingOptions {
  id: string
  store: SessionStore
  /** Puts a message back into the composer. */
  putBack: (turn: QueuedTurn) => void
}

export class Waiting {
  constructor(private readonly around: WaitingOptions) {}

  find = (id: string): QueuedTurn | undefined => this.around.store.state.queue.find((turn) => turn.id === id)

  /**
   * Gives the model a message before the next step of its answer. It stays queued until it appears in the answer; if
   * the answer ends without another step, it is sent as the next message.
   */
  steer = async (id: string): Promise<void> => {
    const { store } = this.around
    const turn = this.find(id)
    const messageId = steeredAnswer(store.state)
    if (!turn || !messageId || waitsFor(turn) || turn.steers) return
    store.dispatch({ type: "steered", id, messageId })
    const state = await steerAnswer(this.around.id, { messageId, id, text: turn.text }).catch((error: unknown) => {
      complain(error)
      return "over" as const
    })
    if (state === "over") store.dispatch({ type: "steered", id, messageId: null })
  }

  /** Moves a queued message back into the composer. */
  edit = async (id: string): Promise<void> => {
    const turn = this.find(id)
    if (!turn || !(await this.remove(id))) return
    this.around.putBack(turn)
  }

  /**
   * Removes a queued message. Resolves to false when the model already has it, so it is about to appear in the answer.
   */
  remove = async (id: string): Promise<boolean> => {
    const steers = this.find(id)?.steers
    if (steers && !(await this.takenBack(steers, id))) return false
    this.around.store.dispatch({ type: "unqueued", id })
    return true
  }

  private takenBack = (messageId: string, id: string): Promise<boolean> =>
    unsteerAnswer(this.around.id, { messageId, id }).then(
      (state) => state !== "given" || this.find(id) === undefined,
      (error: unknown) => {
        complain(error)
        return false
      },
    )
}
