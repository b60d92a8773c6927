/**
 * Remembers what servers have refused, by server and model, so that it is not sent again. In memory, bounded, for an
 * hour.
 */
import { applyChange, type Body, type Change } from "@/lib/ai/refusals/changes"
import { singleton } from "@/lib/singleton"

const MAX_MODELS = 500
const MAX_CHANGES = 24
/** Expires, because a server may have been restarted with other settings. */
const KEPT_MS = 3_600_000

interface Known {
  until: number
  changes: Map<string, Change>
}

const memory = () => singleton("refusals", () => new Map<string, Known>())

/** The key under which a server's model is remembered. */
export const placeOf = (url: string, model: string): string => `${new URL(url).origin}${new URL(url).pathname} ${model}`

/** What this model of this server is known to refuse. */
export function knownChanges(place: string, now = Date.now()): Change[] {
  const known = memory().get(place)
  if (!known) return []
  if (known.until > now) return [...known.changes.values()]
  memory().delete(place)
  return []
}

export function remember(place: string, changes: Change[], now = Date.now()): void {
  // A cap depends on the length of the conversation, so it doesn't apply to the next one.
  const lasting = changes.filter(({ kind }) => kind !== "cap")
  if (lasting.length === 0) return
  const all = memory()
  const known = all.get(place) ?? { until: 0, changes: new Map<string, Change>() }
  known.until = now + KEPT_MS
  for (const change of lasting) known.changes.set(JSON.stringify(change), change)
  for (const oldest of known.changes.keys()) {
    if (known.changes.size <= MAX_CHANGES) break
    known.changes.delete(oldest)
  }
  all.delete(place)
  all.set(place, known)
  const [oldest] = all.keys()
  if (all.size > MAX_MODELS && oldest !== undefined) all.delete(oldest)
}

/** The body without what is known to be refused. */
export const withoutKnown = (body: Body, changes: Change[]): Body =>
  changes.reduce((rest, change) => applyChange(rest, change) ?? rest, body)
