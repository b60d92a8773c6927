/** Requests to our own server, other than the streams. */
import { errorOf, unreachable } from "@/components/chat/request-error"
import type { ConversationView, ImageInfo } from "@/lib/chat/types"

/** The shown branch of a conversation. Throws `RequestError`. */
export const fetchConversation = (id: string): Promise<ConversationView> => json(`/api/conversations/${id}/messages`)

/** Shows the branch of a message, down to its newest leaf. Throws `RequestError`. */
export const selectBranch = (conversationId: string, messageId: string): Promise<ConversationView> =>
  json(`/api/conversations/${conversationId}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ activeLeafId: messageId }),
  })

/** Ends the running answer; what came of it stays. False when nothing ran. Throws `RequestError`. */
export async function stopAnswer(conversationId: string): Promise<boolean> {
  const { stopped } = await json<{ stopped: boolean }>(`/api/chat/${conversationId}/stop`, { method: "POST" })
  return stopped
}

/** Stores one image. Throws `RequestError` with the server's sentence about this file. */
export async function uploadImage(file: File, signal: AbortSignal): Promise<ImageInfo> {
  const body = new FormData()
  body.append("file", file)
  const { images } = await json<{ images: ImageInfo[] }>("/api/images", { method: "POST", body, signal })
  const [image] = images
  if (!image) throw unreachable()
  return image
}

/** Our own server's answer, of the type that its route has in lib/chat/types. */
async function json<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (cause) {
    if (init?.signal?.aborted) throw cause
    throw unreachable()
  }
  if (!response.ok) throw await errorOf(response)
  return response.json()
}
