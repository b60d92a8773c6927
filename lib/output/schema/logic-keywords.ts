/** Keywords that combine schemas, and references. */
import type { Resource, Target } from "@/lib/output/schema/document"
import { type Keyword, nothingSeen } from "@/lib/output/schema/keyword"

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Evaluates all, even after a failure: each reports its own violations. */
const all = (values: unknown[], fits: (value: unknown) => boolean): boolean => values.map(fits).every((one) => one)

const outermost = (scope: readonly Resource[], has: (resource: Resource) => boolean): Resource | undefined =>
  scope.find(has)

/** Resolves a dynamic reference: the outermost resource in scope with that anchor wins. */
function dynamicTarget(found: Target, scope: readonly Resource[]): Target {
  const { dynamic } = found
  if (dynamic === undefined) return found
  const resource = outermost(scope, ({ dynamicAnchors }) => dynamicAnchors.has(dynamic))
  return resource ? { schema: resource.dynamicAnchors.get(dynamic), resource } : found
}

export const logicKeywords: Record<string, Keyword> = {
  $ref: (reference, at, evaluation) => {
    if (typeof reference !== "string") return true
    const target = evaluation.document.find(reference, at.resource)
    return evaluation.same(target.schema, at, target)
  },
  $dynamicRef: (reference, at, evaluation) => {
    if (typeof reference !== "string" || at.resource.draft !== "2020-12") return true
    const found = evaluation.document.find(reference, at.resource)
    const target = dynamicTarget(found, [...at.scope, found.resource])
    return evaluation.same(target.schema, at, target)
  },
  $recursiveRef: (reference, at, evaluation) => {
    if (typeof reference !== "string" || at.resource.draft !== "2019-09") return true
    const found = evaluation.document.find(reference, at.resource)
    const recursive = ({ root }: Resource) => root.$recursiveAnchor === true
    const resource = recursive(found.resource) ? (outermost(at.scope, recursive) ?? found.resource) : found.resource
    return evaluation.same(resource.root, at, { schema: resource.root, resource })
  },
  allOf: (schemas, at, evaluation) => all(listOf(schemas), (schema) => evaluation.same(schema, at)),
  anyOf: (schemas, at, evaluation) => {
    const before = evaluation.findings.length
    // No short-circuiting, because each may evaluate other parts.
    const fits = listOf(schemas).map((schema) => evaluation.same(schema, at))
    if (!fits.includes(true)) return evaluation.fail("anyOf", at)
    evaluation.findings.length = before
    return true
  },
  oneOf: (schemas, at, evaluation) => {
    const before = evaluation.findings.length
    const fits = listOf(schemas).filter((schema) => evaluation.same(schema, at)).length
    if (fits > 0) evaluation.findings.length = before
    return fits === 1 || evaluation.fail("oneOf", at)
  },
  not: (schema, at, evaluation) =>
    evaluation.tried(schema, { ...at, seen: nothingSeen() }) ? evaluation.fail("not", at) : true,
  if: (condition, at, evaluation) => {
    const branch = evaluation.tried(condition, at) ? "then" : "else"
    return Object.hasOwn(at.schema, branch) ? evaluation.same(at.schema[branch], at) : true
  },
}
