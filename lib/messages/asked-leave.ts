/**
 * What an approval request for a foreign tool refers to: the tool's description when the request was made. Stored where
 * the SDK keeps the reason of such a request. Safe to import on both sides.
 */

/** A user's permission for a tool; `outdated`: it was given for a different description of the tool. */
export type Leave = "given" | "outdated" | "none"

interface AskedLeave {
  /** Of the description and the schema shown to the user. */
  fingerprint: string
  /** The description differs from the one the user permitted. */
  changed: boolean
}

export const approvalReason = ({ fingerprint, changed }: AskedLeave): string =>
  `sparkler:${changed ? "changed" : "asked"}:${fingerprint}`

/** Null if there is no reason, or a plain text. */
export function parseApprovalReason(reason: string | undefined): AskedLeave | null {
  const [, how, fingerprint] = /^sparkler:(changed|asked):([\w-]{1,100})$/.exec(reason ?? "") ?? []
  return fingerprint === undefined ? null : { fingerprint, changed: how === "changed" }
}
