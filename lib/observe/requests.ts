/** Observes requests as the server process receives them (lib/server/observe.mjs). */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { RequestContext } from "@/lib/request-context"
import { singleton } from "@/lib/singleton"

export type RequestWatch = (request: IncomingMessage, response: ServerResponse, context: RequestContext) => void

/** lib/server/observe.mjs accesses it by this name. */
const watches = () => singleton<RequestWatch[]>("requestWatches", () => [])

/** Calls `watch` with every request before it is handled. */
export function watchRequests(watch: RequestWatch): void {
  watches().push(watch)
}

/** The event that lib/server/observe.mjs emits on a response. */
const HEAD_WRITTEN = "sparkler:head"

export interface AnsweredRequest {
  method: string
  route: string
  status: number
  /** Until the end of the response; for an event stream, which may last for hours, until its start. */
  ms: number
}

/** Calls `tell` when a request has been answered. If the client disconnected first, the status is 499, as in nginx. */
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
