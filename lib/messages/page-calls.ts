/** Calls that a page of the person runs or answers. Safe to import on both sides. */

/** Why such a call has no result, beside what the tool itself says: sentences of `tool:…` in the catalogue. */
export const PAGE_FAULTS = ["unreachable", "failed", "crashed", "late", "stopped", "declined"] as const
export type PageFault = (typeof PAGE_FAULTS)[number]

/** Milliseconds that a page may run a call before it says again that it does. */
export const CALL_LEASE_MS = 15_000

/** A file that the code may read: its text, or where its bytes are. */
export interface CallFile {
  name: string
  text?: string
  url?: string
}
