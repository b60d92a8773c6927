/** Pictures of a recorded turn: their names, and their bytes if they are unchanged since they were sent. */
import type { SessionUser } from "@/lib/auth/sessions"
import type { MessageRow } from "@/lib/db/messages"
import { rebuildRequest } from "@/lib/get-code/request-of-answer"
import { AppError } from "@/lib/http/errors"
import type { ChatMessage } from "@/lib/messages/types"
import type { RecordedPicture, RecordingLine } from "@/lib/recording/format"
import { withoutPictures } from "@/lib/recording/recorder"

/** Names the pictures after the question's files, if there are equally many. */
export function namesOf(pictures: readonly RecordedPicture[], question: ChatMessage | null): RecordedPicture[] {
  const names = (question?.parts ?? []).flatMap((part) => (part.type === "file" ? [part.filename] : []))
  if (names.length !== pictures.length) return [...pictures]
  return pictures.map((picture, place) => {
    const name = names[place]
    return name === undefined ? picture : { ...picture, name }
  })
}

/**
 * The bytes of these pictures, from building the same request again: only their hash is stored. Pictures that have
 * changed, or came from a tool, are omitted.
 */
export async function pictureLines(
  user: SessionUser,
  row: MessageRow,
  pictures: readonly RecordedPicture[],
): Promise<RecordingLine[]> {
  if (pictures.length === 0) return []
  const wanted = new Set(pictures.map(({ sha256 }) => sha256))
  const lines = new Map<string, RecordingLine>()
  try {
    const { body } = await rebuildRequest(user, row, { demo: true })
    withoutPictures(JSON.stringify(body), (sha256, _mediaType, _bytes, data) => {
      if (wanted.has(sha256)) lines.set(sha256, { type: "picture", sha256, data })
    })
  } catch (error) {
    // The request can't be rebuilt: the recording has no pictures.
    if (!(error instanceof AppError)) throw error
  }
  return [...lines.values()]
}
