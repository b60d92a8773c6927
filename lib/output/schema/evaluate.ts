/**
 * Evaluates a value against a JSON Schema: 2020-12, 2019-09, and draft-07, as specified (keywords, references, dynamic
 * scope, and evaluated properties and items). Nothing is fetched. It may run indefinitely, so it runs in a worker
 * thread.
 */

import { arrayKeywords } from "@/lib/output/schema/array-keywords"
import { isSchemaObject, type SchemaDocument, type Target } from "@/lib/output/schema/document"
import { type Finding, type Params, pointerTo } from "@/lib/output/schema/finding"
import { type At, type Evaluator, type Keyword, nothingSeen, type Seen } from "@/lib/output/schema/keyword"
import { logicKeywords } from "@/lib/output/schema/logic-keywords"
import { objectKeywords } from "@/lib/output/schema/object-keywords"
import { compilePattern, type Pattern } from "@/lib/output/schema/patterns"
import { valueKeywords } from "@/lib/output/schema/value-keywords"

/** Maximum number of findings kept; more add nothing new. */
const MAX_FINDINGS = 500
/** Maximum number of references followed without descending into the value. */
const MAX_IN_PLACE = 500

const KEYWORDS: Map<string, Keyword> = new Map(
  Object.entries({ ...logicKeywords, ...valueKeywords, ...arrayKeywords, ...objectKeywords }),
)
/** These depend on what the other keywords have evaluated. */
const LAST = ["unevaluatedItems", "unevaluatedProperties"]

/** References that form an infinite loop. */
export class CircularReference extends Error {}

/** A schema ready for use: references resolve, patterns are compiled once. */
export class Evaluation implements Evaluator {
  findings: Finding[] = []
  private readonly patterns = new Map<string, Pattern>()

  /** `formats`: whether to check `format`. */
  constructor(
    readonly document: SchemaDocument,
    readonly formats = true,
  ) {}

  /** Resolves each reference and compiles each pattern. Throws `Unresolved`, `UnusablePattern`. */
  prepare(): this {
    this.document.checkReferences()
    for (const pattern of this.document.patterns()) this.pattern(pattern)
    return this
  }

  /**
   * What is wrong with a value, at most 500 findings. Throws `RangeError` when it is nested too deeply,
   * `CircularReference`, `Unresolved`.
   */
  check(data: unknown): Finding[] {
    this.findings = []
    const { root } = this.document
    this.run(root.root, { data, place: null, resource: root, scope: [root], seen: nothingSeen(), inPlace: 0 })
    return this.findings
  }

  pattern(source: string): Pattern {
    const known = this.patterns.get(source)
    if (known) return known
    const made = compilePattern(source)
    this.patterns.set(source, made)
    return made
  }

  fail(keyword: string, at: At, params: Params = {}): false {
    if (this.findings.length < MAX_FINDINGS)
      this.findings.push({ instancePath: pointerTo(at.place), keyword, params, data: at.data })
    return false
  }

  same(schema: unknown, at: At, target?: Target): boolean {
    const seen = nothingSeen()
    const fits = this.run(schema, { ...at, ...this.entered(at, target), seen, inPlace: at.inPlace + 1 })
    if (fits) addSeen(at.seen, seen)
    return fits
  }

  tried(schema: unknown, at: At): boolean {
    const before = this.findings
    this.findings = []
    const fits = this.same(schema, at)
    this.findings = before
    return fits
  }

  inside(schema: unknown, key: string | number, data: unknown, at: At): boolean {
    const place = { key, around: at.place }
    return this.run(schema, { ...at, data, place, seen: nothingSeen(), inPlace: 0 })
  }

  triedInside(schema: unknown, key: string | number, data: unknown, at: At): boolean {
    const before = this.findings
    this.findings = []
    const fits = this.inside(schema, key, data, at)
    this.findings = before
    return fits
  }

  private entered({ resource, scope }: At, target: Target | undefined) {
    return target ? { resource: target.resource, scope: [...scope, target.resource] } : { resource, scope }
  }

  private run(schema: unknown, around: Omit<At, "schema">): boolean {
    if (schema === true || !isSchemaObject(schema)) {
      return schema === false ? this.fail("false schema", { ...around, schema: {} }) : true
    }
    if (around.inPlace > MAX_IN_PLACE) throw new CircularReference("its references form an endless loop")
    const resource = this.document.homeOf(schema, around.resource)
    const scope = resource === around.resource ? around.scope : [...around.scope, resource]
    const at: At = { ...around, schema, resource, scope }
    if (resource.draft === "draft-07" && typeof schema.$ref === "string")
      return KEYWORDS.get("$ref")?.(schema.$ref, at, this) ?? true
    let fits = true
    for (const name of Object.keys(schema)) if (!LAST.includes(name) && !this.runKeyword(name, at)) fits = false
    for (const name of LAST) if (Object.hasOwn(schema, name) && !this.runKeyword(name, at)) fits = false
    return fits
  }

  private runKeyword(name: string, at: At): boolean {
    return KEYWORDS.get(name)?.(at.schema[name], at, this) ?? true
  }
}

function addSeen(to: Seen, from: Seen): void {
  for (const name of from.names) to.names.add(name)
  for (const index of from.items) to.items.add(index)
}
