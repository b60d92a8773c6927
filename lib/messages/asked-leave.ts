/**
 * What a question for the person's leave is about, where a tool isn't ours: what it said of itself when it was asked. It
 * stands where the SDK keeps the reason of such a question. Safe to import on both sides.
 */

/** A person's leave for a tool; `outdated`: it was given when the tool said something else of itself. */
export type Leave = "given" | "outdated" | "none"

interface AskedLeave {
  /** Of the description and the schema that the person was asked with. */
  fingerprint: string
  /** It said something else when the person let it run unasked. */
  changed: boolean
}

export const leaveReason = ({ fingerprint, changed }: AskedLeave): string =>
  `sparkler:${changed ? "changed" : "asked"}:${fingerprint}`

/** Null for a reason in somebody's words, and for none. */
export function askedLeaveIn(reason: string | undefined): AskedLeave | null {
  const [, how, fingerprint] = /^sparkler:(changed|asked):([\w-]{1,100})$/.exec(reason ?? "") ?? []
  return fingerprint === undefined ? null : { fingerprint, changed: how === "changed" }
}
