/** What a keyword of a schema finds wrong with a value. */

/** What keywords say beside their name. */
export interface Params {
  missingProperty?: string
  additionalProperty?: string
  unevaluatedProperty?: string
  /** The property that asks for the missing one. */
  property?: string
  propertyName?: string
  allowedValues?: unknown[]
  allowedValue?: unknown
  type?: string | string[]
  limit?: number | string
  multipleOf?: number
  pattern?: string
  format?: string
  /** Two items that are the same, the later one first. */
  i?: number
  j?: number
}

export interface Finding {
  /** A JSON pointer to the value. */
  instancePath: string
  keyword: string
  params: Params
  data: unknown
}

/** Where a value stands: its name or index, and where the value around it stands. */
export interface Place {
  key: string | number
  around: Place | null
}

/** A name as a part of a JSON pointer. */
export const escapePointer = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1")

export function pointerTo(place: Place | null): string {
  const parts: string[] = []
  for (let at = place; at; at = at.around) parts.push(escapePointer(String(at.key)))
  return parts
    .map((part) => `/${part}`)
    .reverse()
    .join("")
}
