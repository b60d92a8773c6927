/** `fetch` that reports each request and its response to a recording; the reader of an answer reports its content. */
import { readRefusal } from "@/lib/ai/retrying-fetch"
import type { WireCall, WireTap } from "@/lib/ai/wire/tap"

/** Calls of responses that have started. */
const calls = new WeakMap<Response, WireCall>()

/** The call that records a response. */
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
