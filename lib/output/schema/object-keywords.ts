/** Keywords for objects. Only own properties are looked up: `constructor` is a name like any other. */
import type { At, Evaluator, Keyword } from "@/lib/output/schema/keyword"

type Members = Record<string, unknown>
type OnObject = (value: unknown, members: Members, at: At, evaluation: Evaluator) => boolean

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const onObject =
  (check: OnObject): Keyword =>
  (value, at, evaluation) =>
    isObject(at.data) ? check(value, at.data, at, evaluation) : true

const entriesOf = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : [])

function member(schema: unknown, name: string, members: Members, at: At, evaluation: Evaluator): boolean {
  at.seen.names.add(name)
  return evaluation.inside(schema, name, members[name], at)
}

const all = <Value>(values: Value[], fits: (value: Value) => boolean): boolean => values.map(fits).every((one) => one)

function additional(schema: unknown, members: Members, at: At, evaluation: Evaluator): boolean {
  const { properties } = at.schema
  const patterns = entriesOf(at.schema.patternProperties).map(([pattern]) => evaluation.pattern(pattern))
  const known = (name: string) =>
    (isObject(properties) && Object.hasOwn(properties, name)) || patterns.some((pattern) => pattern.test(name))
  const rest = Object.keys(members).filter((name) => !known(name))
  return all(rest, (name) => {
    at.seen.names.add(name)
    if (schema === false) return evaluation.fail("additionalProperties", at, { additionalProperty: name })
    return member(schema, name, members, at, evaluation)
  })
}

function unevaluated(schema: unknown, members: Members, at: At, evaluation: Evaluator): boolean {
  const rest = Object.keys(members).filter((name) => !at.seen.names.has(name))
  return all(rest, (name) => {
    at.seen.names.add(name)
    if (schema === false) return evaluation.fail("unevaluatedProperties", at, { unevaluatedProperty: name })
    return member(schema, name, members, at, evaluation)
  })
}

/** Properties required when another one is present. */
function requiredBy(property: string, names: unknown[], members: Members, at: At, evaluation: Evaluator): boolean {
  if (!Object.hasOwn(members, property)) return true
  const missing = names.filter((name): name is string => typeof name === "string" && !Object.hasOwn(members, name))
  return all(missing, (missingProperty) => evaluation.fail("dependentRequired", at, { missingProperty, property }))
}

const counted = (name: string, within: (count: number, limit: number) => boolean): Keyword =>
  onObject((limit, members, at, evaluation) =>
    typeof limit !== "number" || within(Object.keys(members).length, limit)
      ? true
      : evaluation.fail(name, at, { limit }),
  )

export const objectKeywords: Record<string, Keyword> = {
  properties: onObject((schemas, members, at, evaluation) =>
    all(
      entriesOf(schemas).filter(([name]) => Object.hasOwn(members, name)),
      ([name, schema]) => member(schema, name, members, at, evaluation),
    ),
  ),
  patternProperties: onObject((schemas, members, at, evaluation) =>
    all(entriesOf(schemas), ([pattern, schema]) => {
      const compiled = evaluation.pattern(pattern)
      const names = Object.keys(members).filter((name) => compiled.test(name))
      return all(names, (name) => member(schema, name, members, at, evaluation))
    }),
  ),
  additionalProperties: onObject(additional),
  unevaluatedProperties: onObject(unevaluated),
  propertyNames: onObject((schema, members, at, evaluation) =>
    all(Object.keys(members), (name) =>
      evaluation.triedInside(schema, name, name, at)
        ? true
        : evaluation.fail("propertyNames", at, { propertyName: name }),
    ),
  ),
  required: onObject((names, members, at, evaluation) => {
    const asked = Array.isArray(names) ? names.filter((name): name is string => typeof name === "string") : []
    const missing = asked.filter((name) => !Object.hasOwn(members, name))
    return all(missing, (missingProperty) => evaluation.fail("required", at, { missingProperty }))
  }),
  dependentRequired: onObject((value, members, at, evaluation) =>
    all(entriesOf(value), ([property, names]) =>
      Array.isArray(names) ? requiredBy(property, names, members, at, evaluation) : true,
    ),
  ),
  dependentSchemas: onObject((value, members, at, evaluation) =>
    all(entriesOf(value), ([property, schema]) =>
      Object.hasOwn(members, property) ? evaluation.same(schema, at) : true,
    ),
  ),
  // Before 2019-09, both of the above in one keyword.
  dependencies: onObject((value, members, at, evaluation) =>
    all(entriesOf(value), ([property, asked]) => {
      if (Array.isArray(asked)) return requiredBy(property, asked, members, at, evaluation)
      return Object.hasOwn(members, property) ? evaluation.same(asked, at) : true
    }),
  ),
  minProperties: counted("minProperties", (count, limit) => count >= limit),
  maxProperties: counted("maxProperties", (count, limit) => count <= limit),
}
