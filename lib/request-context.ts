/** The current request or generation, for log lines and traces. Propagates through promises and timers. */
import { AsyncLocalStorage } from "node:async_hooks"
import type { Span } from "@opentelemetry/api"
import { singleton } from "@/lib/singleton"

export interface RequestContext {
  /** The request's id: in its log lines, in its response's `x-request-id`, and in errors shown to people. */
  requestId?: string
  /** The pattern of its path, `/api/conversations/[id]`: never the value of `[id]`. */
  route?: string
  generationId?: string
  /** The request's span, if tracing is on. */
  span?: Span
}

/** lib/server/observe.mjs accesses it by this name. */
const storage = () => singleton("requestContext", () => new AsyncLocalStorage<RequestContext>())

/** The context of the running code; empty outside of requests and generations. */
export const requestContext = (): RequestContext => storage().getStore() ?? {}

/** Runs `work` in the current context extended by `more`. */
export const runInContext = <T>(more: RequestContext, work: () => T): T =>
  storage().run({ ...requestContext(), ...more }, work)
