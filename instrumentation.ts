/** Next.js calls this once when the server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return
  const { startServer } = await import("@/lib/server/start-server")
  await startServer()
  if (process.env.NODE_ENV !== "production") return
  const [{ serveDirectly }, { POST }] = await Promise.all([import("@/lib/http/direct"), import("@/app/api/chat/route")])
  serveDirectly("POST", "/api/chat", (request) => POST(request, {}))
}
