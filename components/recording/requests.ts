import { readError, unreachable } from "@/components/base/api"

/** Fetches an answer's recording file. Throws `ApiError` with a message for the user. */
export async function fetchRecording(conversationId: string, messageId: string, pictures: boolean): Promise<string> {
  const address = `/api/conversations/${conversationId}/messages/${messageId}/recording${pictures ? "?pictures=true" : ""}`
  const response = await fetch(address).catch((error: unknown) => {
    throw unreachable(error)
  })
  if (!response.ok) throw await readError(response)
  return response.text().catch((error: unknown) => {
    throw unreachable(error)
  })
}
