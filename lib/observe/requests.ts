/** Watches over requests as the server's process takes them in (lib/server/observe.mjs). */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { RequestContext } from "@/lib/request-context"
import { singleton } from "@/lib/singleton"

export type RequestWatch = (request: IncomingMessage, response: ServerResponse, context: RequestContext) => void

/** lib/server/observe.mjs knows it by its name. */
const watches = () => singleton<RequestWatch[]>("requestWatches", () => [])

/** From now on `watch` sees every request before it is answered. */
export function watchRequests(watch: RequestWatch): void {
  watches().push(watch)
}

/** What lib/server/observe.mjs has a response say. */
const HEAD_WRITTEN = "sparkler:head"

export interface AnsweredRequest {
  method: string
  route: string
  status: number
  /** Until the end of the response; of an event stream, which may last for hours, until its beginning. */
  ms: number
}

/** Calls `tell` when a request has been answered. A reader that left before is a 499, as nginx has it. */
export function onAnswered(tell: (answered: AnsweredRequest) => void): RequestWatch {
  return (request, response, { route = "other" }) => {
    const began = performance.now()
    let told = false
    const end = (status: number) => {
      if (told) return
      told = true
      tell({ method: request.method ?? "other", route, status, ms: performance.now() - began })
    }
    response.once(HEAD_WRITTEN, () => {
      if (String(response.getHeader("content-type")).startsWith("text/event-stream")) end(response.statusCode)
    })
    response.once("close", () => end(response.headersSent ? response.statusCode : 499))
  }
}
