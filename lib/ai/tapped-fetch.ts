/** `fetch` that tells a recording of each request and of how it is answered; who reads an answer tells its words. */
import { readRefusal } from "@/lib/ai/retrying-fetch"
import type { WireCall, WireTap } from "@/lib/ai/wire/tap"

/** Of answers that have begun. */
const calls = new WeakMap<Response, WireCall>()

/** Who is told what arrives of an answer. */
export const callOf = (response: Response): WireCall | undefined => calls.get(response)

export function tappedFetch(fetchUpstream: typeof fetch, tap: WireTap | undefined): typeof fetch {
  if (!tap) return fetchUpstream
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    const call = tap.asked(address, typeof init?.body === "string" ? init.body : "")
    try {
      const response = await fetchUpstream(input, init)
      call.answered(response.status, response.headers)
      if (response.ok) {
        calls.set(response, call)
        return response
      }
      const refusal = await readRefusal(response)
      call.refused(refusal.body)
      return refusal.response
    } catch (error) {
      call.ended(error)
      throw error
    }
  }
}
