/** Variables of a prompt: `{{name}}`, or with a default value `{{name|default}}`. Pure. */

interface Variable {
  name: string
  initial: string
}

const VARIABLE = /\{\{\s*([\p{L}\p{N}_][\p{L}\p{N}_ -]{0,59}?)\s*(?:\|([^{}]*))?\}\}/gu

/** The variables of a text, each once, in order of appearance. The first default of a name counts. */
export function variablesOf(text: string): Variable[] {
  const found = new Map<string, string>()
  for (const [, name = "", initial] of text.matchAll(VARIABLE)) {
    const known = found.get(name)
    if (known === undefined || (known === "" && initial)) found.set(name, initial?.trim() ?? "")
  }
  return [...found].map(([name, initial]) => ({ name, initial }))
}

/** Fills in the variables of a text. Empty values are replaced by their defaults. */
export function fillTemplate(text: string, values: ReadonlyMap<string, string>): string {
  const initial = new Map(variablesOf(text).map((variable) => [variable.name, variable.initial]))
  return text.replace(VARIABLE, (_, name: string) => values.get(name)?.trim() || (initial.get(name) ?? ""))
}
