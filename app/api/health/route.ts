import { PROCESS_HEADER, processName } from "@/lib/http/one-name"

/** Liveness: the process responds, and says which one it is. */
export const dynamic = "force-dynamic"

export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store", [PROCESS_HEADER]: processName() } })
}
