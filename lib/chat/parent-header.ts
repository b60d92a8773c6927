/** On the response of `POST /api/chat`: the message that the question was put behind, empty for the first one. */
export const PARENT_HEADER = "x-sparkler-parent"

/** Undefined where the response does not say it. */
export function parentIn({ headers }: Response): string | null | undefined {
  const parent = headers.get(PARENT_HEADER)
  return parent === null ? undefined : parent || null
}
