/**
 * Routes that the server process (lib/server/direct.mjs) calls directly: Next.js's overhead per request costs more than
 * these routes do. Only routes that use nothing of Next.js may be registered here.
 */

import { isPartDisabled } from "@/lib/observe/without"
import { singleton } from "@/lib/singleton"

type Handler = (request: Request) => Promise<Response>

/** By method and path. lib/server/direct.mjs accesses it by its name. */
const routes = () => singleton("directRoutes", () => new Map<string, Handler>())

/** Registers `handler` to be called by the server process for requests of this method to exactly this path. */
export function serveDirectly(method: string, path: string, handler: Handler): void {
  if (!isPartDisabled("direct")) routes().set(`${method} ${path}`, handler)
}
