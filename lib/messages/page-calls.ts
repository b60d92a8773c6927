/** Calls that one of the user's pages runs, or that the user answers. Safe to import on both sides. */

/** Why such a call has no result, apart from the tool's own errors: `tool:…` sentences of the catalogue. */
export const PAGE_FAULTS = ["unreachable", "failed", "crashed", "late", "stopped", "declined"] as const
export type PageFault = (typeof PAGE_FAULTS)[number]

/** Milliseconds that a page may run a call before it renews the lease. */
export const CALL_LEASE_MS = 15_000

/** A file that the code may read: its text, or the URL of its bytes. */
export interface CallFile {
  name: string
  text?: string
  url?: string
}
