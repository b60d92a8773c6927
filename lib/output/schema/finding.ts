/** A schema violation found by a keyword. */

/** Details that keywords report. */
export interface Params {
  missingProperty?: string
  additionalProperty?: string
  unevaluatedProperty?: string
  /** The property that requires the missing one. */
  property?: string
  propertyName?: string
  allowedValues?: unknown[]
  allowedValue?: unknown
  type?: string | string[]
  limit?: number | string
  multipleOf?: number
  pattern?: string
  format?: string
  /** Indexes of two equal items, the later one first. */
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

/** A value's location: its name or index, and its parent's location. */
export interface Place {
  key: string | number
  around: Place | null
}

/** Escapes a name for use in a JSON pointer. */
export const escapePointer = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1")

export function pointerTo(place: Place | null): string {
  const parts: string[] = []
  for (let at = place; at; at = at.around) parts.push(escapePointer(String(at.key)))
  return parts
    .map((part) => `/${part}`)
    .reverse()
    .join("")
}
