import { ApiError, api } from "@/components/base/api"

const EVERY_MS = 30_000

/**
 * Tells the server about twice a minute that this page still shows a temporary conversation, once it has begun. Returns
 * a function to stop; stops by itself when the conversation is gone.
 */
export function holdTemporary(id: string, hasBegun: () => boolean): () => void {
  const beat = () => {
    if (!hasBegun()) return
    api(`/api/conversations/${id}`, { method: "PATCH", body: { held: true } }).catch((error: unknown) => {
      if (error instanceof ApiError && [401, 404].includes(error.status)) end()
    })
  }
  const timer = setInterval(beat, EVERY_MS)
  // A page that was frozen reports back immediately.
  document.addEventListener("visibilitychange", beat)
  const end = () => {
    clearInterval(timer)
    document.removeEventListener("visibilitychange", beat)
  }
  return end
}
