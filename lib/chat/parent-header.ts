/** In the response of `POST /api/chat`: the parent message of the question, empty for the first one. */
export const PARENT_HEADER = "x-sparkler-parent"

/** Undefined if the response doesn't have the header. */
export function parentIn({ headers }: Response): string | null | undefined {
  const parent = headers.get(PARENT_HEADER)
  return parent === null ? undefined : parent || null
}
