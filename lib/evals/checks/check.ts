/**
 * Checks whether an answer meets its case's expectation. A user's patterns and schemas are evaluated by worker threads.
 */

import { differences } from "@/lib/evals/checks/same-json"
import type { EvalCheck, Verdict } from "@/lib/evals/contract/eval"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"
import type { OutputCheck, OutputProblem } from "@/lib/messages/types"
import { checkAnswer } from "@/lib/output/check"
import { jsonIn, withoutThoughts } from "@/lib/output/json-in-text"

export interface Finding {
  verdict: Verdict
  /** Problems and their places in a JSON answer. */
  problems?: OutputProblem[]
  /** Why there is no verdict. */
  why?: Sentence
  /** The judge's response: its full text, and the reason in it. */
  judge?: { model: string; text: string; reason: string | null }
}

/** Problems that say nothing about the answer, because the check itself didn't complete. */
const NO_CHECK = new Set(["check:too_complicated", "check:busy", "check:failed", "check:schema"])

/** The answer in the form that is compared: trimmed, without reasoning, in a single Unicode normal form. */
export const plainAnswer = (text: string): string => plain(withoutThoughts(text))

const plain = (text: string) => text.replaceAll("\r\n", "\n").normalize("NFC").trim()
const folded = (text: string, matchCase: boolean) => (matchCase ? text : text.toLowerCase())
const verdictOf = (passes: boolean): Finding => ({ verdict: passes ? "pass" : "fail" })

/** Runs any check except a judge's. Never throws: the result may be that it can't tell. */
export async function checkText(
  person: string,
  text: string,
  check: Exclude<EvalCheck, { kind: "judge" }>,
): Promise<Finding> {
  if (check.kind === "none") return { verdict: "none" }
  if (check.kind === "json") return checkJson(person, text, check)
  const said = plainAnswer(text)
  if (check.kind === "pattern") return checkPattern(person, said, check.pattern)
  const [wanted, got] = [plain(check.expected), said].map((one) => folded(one, check.matchCase))
  return verdictOf(check.kind === "exact" ? got === wanted : (got ?? "").includes(wanted ?? ""))
}

/** Uses the engine for schema patterns: linear where possible, otherwise ended by its thread's deadline. */
async function checkPattern(person: string, text: string, pattern: string): Promise<Finding> {
  const found = await checkAnswer(person, JSON.stringify({ text }), patternOutput(pattern))
  return unchecked(found) ?? verdictOf(found.valid)
}

/** A schema for an answer matching this pattern. */
export const patternOutput = (pattern: string) => ({
  ...{ type: "json_schema" as const, name: "pattern" },
  schema: { type: "object", properties: { text: { type: "string", pattern } } },
})

async function checkJson(
  person: string,
  text: string,
  { name, schema, equals }: Extract<EvalCheck, { kind: "json" }>,
): Promise<Finding> {
  const found = await checkAnswer(person, text, { type: "json_schema", name, schema })
  const none = unchecked(found)
  if (none) return none
  if (!found.valid) return { verdict: "fail", problems: found.problems }
  const problems = equals ? differences(equals.value, JSON.parse(jsonIn(text).json)) : []
  return problems.length > 0 ? { verdict: "fail", problems } : { verdict: "pass" }
}

/** The finding for a check that didn't complete. */
function unchecked({ problems }: OutputCheck): Finding | null {
  const problem = problems.find(({ sentence: said }) => said && NO_CHECK.has(said.key))
  return problem ? { verdict: "unjudged", why: problem.sentence ?? sentence("check:failed") } : null
}
