/** Who may read the metrics, and what they read. */
import { createHash, timingSafeEqual } from "node:crypto"
import { meters } from "@/lib/observe/meters"
import { siblings } from "@/lib/observe/siblings"

const digest = (text: string) => createHash("sha256").update(text).digest()

/** Whether a request says `Bearer token`; in the same time for every other token. */
export function isScraper(headers: Headers, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? ""
  return timingSafeEqual(digest(given), digest(token))
}

export interface Scrape {
  contentType: string
  text: string
}

/** The metrics of this process, or of all behind its port together (rejects where who started them doesn't answer); null where nothing is counted. */
export async function scrape(): Promise<Scrape | null> {
  const registry = meters()?.registry
  if (!registry) return null
  const { ask } = siblings()
  if (!ask) return { contentType: registry.contentType, text: await registry.metrics() }
  const { AggregatorRegistry } = await import("prom-client")
  const all = AggregatorRegistry.aggregate(await ask())
  return { contentType: registry.contentType, text: await all.metrics() }
}
