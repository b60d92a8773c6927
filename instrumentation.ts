import type { Instrumentation } from "next"

/** Next.js calls this once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return
  const { startServer } = await import("@/lib/server/start-server")
  await startServer()
  if (process.env.NODE_ENV !== "production") return
  const [{ serveDirectly }, { POST }] = await Promise.all([import("@/lib/http/direct"), import("@/app/api/chat/route")])
  serveDirectly("POST", "/api/chat", (request) => POST(request, {}))
}

/** A page failed to render: the log line has the id that the page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const { logFault } = await import("@/lib/log")
  const digest = error instanceof Error && "digest" in error ? ` (error ID ${String(error.digest)})` : ""
  logFault(`${request.method} ${routePath}${digest}`, error)
}
