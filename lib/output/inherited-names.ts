/**
 * Members named as every JavaScript object has some (`constructor`, `__proto__`, `toString`). ajv takes the inherited
 * ones for members, and can't compare objects that have them; so it is shown other names, as long and of the same signs.
 */
import type { Values } from "@/lib/i18n/sentence.types"
import type { OutputProblem } from "@/lib/messages/types"

const ALIAS = new Map(
  Object.getOwnPropertyNames(Object.prototype).map((name) => [
    name,
    name.replace(/[aeo]/g, (sign) => (sign === "o" ? "q" : sign === "a" ? "x" : "z")),
  ]),
)
const NAMED = new RegExp(`"(?:${[...ALIAS.keys()].join("|")})"|\\\\u00`)
const ALIASED = new RegExp([...ALIAS.values()].join("|"), "g")
const NAME = new Map([...ALIAS].map(([name, alias]) => [alias, name]))

/** There may be such a name in the text of a JSON value. */
export const hasInheritedName = (json: string): boolean => NAMED.test(json)

const alias = (name: string) => ALIAS.get(name) ?? name

/** The value with other names for them, and with other strings where such a name is a value. Throws RangeError when too deep. */
export function renamed(value: unknown): unknown {
  // `#/$defs/constructor` points at one.
  if (typeof value === "string") return value.startsWith("#/") ? value.split("/").map(alias).join("/") : alias(value)
  if (Array.isArray(value)) return value.map(renamed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [alias(name), renamed(member)]))
}

const back = (text: string) => text.replace(ALIASED, (alias) => NAME.get(alias) ?? alias)

/** A problem with the names as they were written. */
export const withOwnNames = ({ path, message, sentence }: OutputProblem): OutputProblem => ({
  path: back(path),
  message: back(message),
  sentence: sentence?.values ? { ...sentence, values: ownValues(sentence.values) } : sentence,
})

/** What a problem names stands in its own values, not in those of sentences within it. */
const ownValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? back(value) : value]),
  )
