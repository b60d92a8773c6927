/** The recording of a run: made always, since a fault is noticed when it is over, and kept for some hours. */
import { config } from "@/lib/config"
import { addRecording } from "@/lib/db/recordings/recordings"
import { logFault } from "@/lib/log"
import { TurnRecorder } from "@/lib/recording/recorder"

/** Recordings of one person, of at most about 1.4 MB each. */
const MOST_OF_PERSON = 50

/** Undefined where none are kept. */
export const newRecorder = (): TurnRecorder | undefined =>
  config().limits.recordingsMs > 0 ? new TurnRecorder() : undefined

interface Run {
  generationId: string
  userId: string
  tap?: TurnRecorder
}

/** Keeps what was recorded of a run. Never throws: an answer is one without it. */
export async function keepRecorded({ generationId, userId, tap }: Run): Promise<void> {
  if (!tap) return
  try {
    await addRecording({ generationId, userId, data: await tap.take() }, MOST_OF_PERSON)
  } catch (error) {
    logFault(`recording of generation ${generationId}`, error)
  }
}
