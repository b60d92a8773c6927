/** Messages that wait for the end of an answer: taken back, or given to its model at the next step. */
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
   * Lets the model have a message before the next step of its answer. It waits here until it is seen in the answer: when that
   * ends without another step, it goes as the next one.
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

  /** It goes back into the composer. */
  edit = async (id: string): Promise<void> => {
    const turn = this.find(id)
    if (!turn || !(await this.remove(id))) return
    this.around.putBack(turn)
  }

  /** It is not sent. False when the model has it already: then it is about to stand in the answer. */
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
