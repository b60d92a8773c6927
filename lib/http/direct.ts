/**
 * Routes that the server's process (lib/server/direct.mjs) calls itself: what Next.js does around a request costs more than
 * these routes do. Only routes that use nothing of Next.js may stand here.
 */

import { isWithout } from "@/lib/observe/without"
import { singleton } from "@/lib/singleton"

type Handler = (request: Request) => Promise<Response>

/** By method and path. lib/server/direct.mjs knows it by its name. */
const routes = () => singleton("directRoutes", () => new Map<string, Handler>())

/** From now on the server's process calls `handler` for requests of this method to exactly this path. */
export function serveDirectly(method: string, path: string, handler: Handler): void {
  if (!isWithout("direct")) routes().set(`${method} ${path}`, handler)
}
