/** One thing at a time to an upload: a browser that comes back ends the piece that it lost sight of. */
import { singleton } from "@/lib/singleton"

interface Turn {
  abort: AbortController
  over: Promise<unknown>
}

const turns = () => singleton("uploadTurns", () => new Map<string, Turn>())

/** Does one thing at a time to an upload; a piece that is being written is ended for it. */
export async function alone<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const before = turns().get(id)
  const abort = new AbortController()
  before?.abort.abort(new Error("the upload goes on elsewhere"))
  const mine = (before?.over ?? Promise.resolve()).then(
    () => work(abort.signal),
    () => work(abort.signal),
  )
  const turn: Turn = { abort, over: mine }
  turns().set(id, turn)
  try {
    return await mine
  } finally {
    if (turns().get(id) === turn) turns().delete(id)
  }
}

/** Whether something is being done to it in this process. */
export const isBusy = (id: string): boolean => turns().has(id)
