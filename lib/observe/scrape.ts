/** Who may read the metrics, and their content. */
import { createHash, timingSafeEqual } from "node:crypto"
import { meters } from "@/lib/observe/meters"
import { siblings } from "@/lib/observe/siblings"

const digest = (text: string) => createHash("sha256").update(text).digest()

/** Whether a request has `Bearer token`; compares in constant time. */
export function isScraper(headers: Headers, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? ""
  return timingSafeEqual(digest(given), digest(token))
}

export interface Scrape {
  contentType: string
  text: string
}

/**
 * The metrics of this process, or of all processes behind its port (rejects if their parent process doesn't respond);
 * null if nothing is counted.
 */
export async function scrape(): Promise<Scrape | null> {
  const registry = meters()?.registry
  if (!registry) return null
  const { ask } = siblings()
  if (!ask) return { contentType: registry.contentType, text: await registry.metrics() }
  const { AggregatorRegistry } = await import("prom-client")
  const all = AggregatorRegistry.aggregate(await ask())
  return { contentType: registry.contentType, text: await all.metrics() }
}
