/** What is being worked on, for log lines and traces: it follows the work through its promises and timers. */
import { AsyncLocalStorage } from "node:async_hooks"
import type { Span } from "@opentelemetry/api"
import { singleton } from "@/lib/singleton"

export interface RequestContext {
  /** Of a request: in its log lines, its response's `x-request-id`, and the error that a person is shown. */
  requestId?: string
  /** The pattern of its path, `/api/conversations/[id]`: never what stands in place of `[id]`. */
  route?: string
  generationId?: string
  /** Of the request, where traces are made. */
  span?: Span
}

/** lib/server/observe.mjs knows it by its name. */
const storage = () => singleton("requestContext", () => new AsyncLocalStorage<RequestContext>())

/** What the running code works on; empty outside of requests and generations. */
export const requestContext = (): RequestContext => storage().getStore() ?? {}

/** Does `work` as part of what is running now and of `more`. */
export const inContext = <T>(more: RequestContext, work: () => T): T =>
  storage().run({ ...requestContext(), ...more }, work)
