/** Records every run, since errors are noticed only afterward, and keeps the recordings for some hours. */
import { config } from "@/lib/config"
import { addRecording } from "@/lib/db/recordings/recordings"
import { logFault } from "@/lib/log"
import { TurnRecorder } from "@/lib/recording/recorder"

/** Maximum number of recordings per user, at most about 1.4 MB each. */
const MAX_OF_PERSON = 50

/** Undefined if recordings are disabled. */
export const newRecorder = (): TurnRecorder | undefined =>
  config().limits.recordingsMs > 0 ? new TurnRecorder() : undefined

interface Run {
  generationId: string
  userId: string
  tap?: TurnRecorder
}

/** Stores the recording of a run. Never throws: an answer is valid without it. */
export async function storeRecording({ generationId, userId, tap }: Run): Promise<void> {
  if (!tap) return
  try {
    await addRecording({ generationId, userId, data: await tap.take() }, MAX_OF_PERSON)
  } catch (error) {
    logFault(`recording of generation ${generationId}`, error)
  }
}
