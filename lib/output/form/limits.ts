/** Parses limits typed in the form. Pure. */
import { JsonNumber } from "@/lib/output/json-source"

/** What is wrong with the input; the page has a sentence for each. */
export type LimitProblem = "count" | "number" | "step"

const COUNTS = new Set(["minLength", "maxLength", "minItems", "maxItems"])
const COUNT = /^\d{1,15}$/
const NUMBER = /^([+-]?)(\d*)(?:[.,](\d*))?(e[+-]?\d{1,3})?$/i
/** “1,000” means a thousand in some countries, one in others. */
const AMBIGUOUS = /^[+-]?\d{1,3},\d{3}$/

const problemOf = (keyword: string): LimitProblem =>
  COUNTS.has(keyword) ? "count" : keyword === "multipleOf" ? "step" : "number"

interface Limit {
  /** Null if empty. */
  value: JsonNumber | string | null
  wrong: LimitProblem | null
}

/** Parses the input for a keyword; numbers keep all their digits. */
export function limitOf(keyword: string, typed: string): Limit {
  if (keyword === "pattern") return { value: typed, wrong: null }
  const text = typed.trim()
  if (text === "") return { value: null, wrong: null }
  const found = numberIn(keyword, text)
  return found instanceof JsonNumber ? { value: found, wrong: null } : { value: null, wrong: found }
}

/** Lengths and counts are integers. */
function numberIn(keyword: string, text: string): JsonNumber | LimitProblem {
  const problem = problemOf(keyword)
  if (problem === "count") return COUNT.test(text) ? new JsonNumber(String(Number(text))) : problem
  const [, sign = "", whole = "", fraction = "", power = ""] = NUMBER.exec(text) ?? []
  if (`${whole}${fraction}` === "" || AMBIGUOUS.test(text) || !Number.isFinite(Number(`${whole || 0}${power}`)))
    return problem
  const minus = sign === "-" ? "-" : ""
  const source = `${minus}${whole.replace(/^0+(?=\d)/, "") || "0"}${fraction && `.${fraction}`}${power}`
  return problem === "step" && !(Number(source) > 0) ? problem : new JsonNumber(source)
}
