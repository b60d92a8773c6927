/** Keywords for arrays. */
import { canonical } from "@/lib/output/schema/equal"
import type { At, Evaluator, Keyword } from "@/lib/output/schema/keyword"

type OnList = (value: unknown, list: unknown[], at: At, evaluation: Evaluator) => boolean

const onList =
  (check: OnList): Keyword =>
  (value, at, evaluation) =>
    Array.isArray(at.data) ? check(value, at.data, at, evaluation) : true

/** Applies the schema to each item starting at `from`. */
function each(schema: unknown, from: number, list: unknown[], at: At, evaluation: Evaluator): boolean {
  let fits = true
  for (let index = from; index < list.length; index++) {
    at.seen.items.add(index)
    if (!evaluation.inside(schema, index, list[index], at)) fits = false
  }
  return fits
}

function tuple(schemas: unknown[], list: unknown[], at: At, evaluation: Evaluator): boolean {
  let fits = true
  for (const [index, schema] of schemas.slice(0, list.length).entries()) {
    at.seen.items.add(index)
    if (!evaluation.inside(schema, index, list[index], at)) fits = false
  }
  return fits
}

function uniqueItems(list: unknown[], at: At, evaluation: Evaluator): boolean {
  const first = new Map<string, number>()
  for (const [i, item] of list.entries()) {
    const text = canonical(item)
    const j = first.get(text)
    if (j !== undefined) return evaluation.fail("uniqueItems", at, { i, j })
    first.set(text, i)
  }
  return true
}

function contains(schema: unknown, list: unknown[], at: At, evaluation: Evaluator): boolean {
  const { minContains, maxContains } = at.resource.draft === "draft-07" ? {} : at.schema
  let count = 0
  for (const [index, item] of list.entries()) {
    if (!evaluation.triedInside(schema, index, item, at)) continue
    count++
    if (at.resource.draft === "2020-12") at.seen.items.add(index)
  }
  const least = typeof minContains === "number" ? minContains : 1
  const most = typeof maxContains === "number" ? maxContains : Number.POSITIVE_INFINITY
  return (count >= least && count <= most) || evaluation.fail("contains", at)
}

const counted = (name: string, within: (count: number, limit: number) => boolean): Keyword =>
  onList((limit, list, at, evaluation) =>
    typeof limit !== "number" || within(list.length, limit) ? true : evaluation.fail(name, at, { limit }),
  )

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0)

export const arrayKeywords: Record<string, Keyword> = {
  prefixItems: onList((schemas, list, at, evaluation) =>
    Array.isArray(schemas) && at.resource.draft === "2020-12" ? tuple(schemas, list, at, evaluation) : true,
  ),
  items: onList((value, list, at, evaluation) => {
    // Older drafts write `prefixItems` as an array of `items`.
    if (Array.isArray(value)) return tuple(value, list, at, evaluation)
    const from = at.resource.draft === "2020-12" ? lengthOf(at.schema.prefixItems) : 0
    return each(value, from, list, at, evaluation)
  }),
  additionalItems: onList((schema, list, at, evaluation) =>
    Array.isArray(at.schema.items) ? each(schema, at.schema.items.length, list, at, evaluation) : true,
  ),
  contains: onList(contains),
  minItems: counted("minItems", (count, limit) => count >= limit),
  maxItems: counted("maxItems", (count, limit) => count <= limit),
  uniqueItems: onList((asked, list, at, evaluation) => asked !== true || uniqueItems(list, at, evaluation)),
  unevaluatedItems: onList((schema, list, at, evaluation) => {
    let fits = true
    for (const [index, item] of list.entries()) {
      if (at.seen.items.has(index)) continue
      if (!evaluation.inside(schema, index, item, at)) fits = false
      at.seen.items.add(index)
    }
    return fits
  }),
}
