import { config } from "@/lib/config"
import { logFault } from "@/lib/log"
import { isScraper, scrape } from "@/lib/observe/scrape"

export const dynamic = "force-dynamic"

const plain = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers: { "cache-control": "no-store", ...headers } })

/** For Prometheus, protected by `METRICS_TOKEN`. Without that setting, a 404. */
export async function GET(request: Request): Promise<Response> {
  const { metricsToken } = config().observe
  if (metricsToken === undefined) return plain(404)
  if (!isScraper(request.headers, metricsToken)) return plain(401, { "www-authenticate": "Bearer" })
  const scraped = await scrape().catch((error: unknown) => {
    logFault("collecting metrics", error)
    return "away" as const
  })
  if (scraped === "away") return plain(503)
  if (!scraped) return plain(404)
  return new Response(scraped.text, { headers: { "content-type": scraped.contentType, "cache-control": "no-store" } })
}
