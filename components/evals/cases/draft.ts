/** A case as edited in the form. Pure. */
import {
  type CheckKind,
  type EvalCase,
  type EvalCheck,
  MAX_EXPECTED_CHARS,
  MAX_QUESTION_CHARS,
  MAX_SYSTEM_CHARS,
} from "@/lib/evals/contract/eval"

export interface DraftSchema {
  name: string
  schema: Record<string, unknown>
}

export interface Draft {
  question: string
  system: string
  kind: CheckKind
  expected: string
  matchCase: boolean
  pattern: string
  schema: DraftSchema | null
  /** Expected JSON as text; empty: none. */
  equals: string
  rubric: string
}

export const NEW_CASE: Draft = {
  ...{ question: "", system: "", kind: "exact", expected: "", matchCase: false, pattern: "", schema: null },
  ...{ equals: "", rubric: "" },
}

export function draftOf({ question, system, check }: EvalCase): Draft {
  const draft: Draft = { ...NEW_CASE, question, system, kind: check.kind }
  if (check.kind === "exact" || check.kind === "contains")
    return { ...draft, expected: check.expected, matchCase: check.matchCase }
  if (check.kind === "pattern") return { ...draft, pattern: check.pattern }
  if (check.kind === "judge") return { ...draft, rubric: check.rubric }
  if (check.kind !== "json") return draft
  const equals = check.equals ? JSON.stringify(check.equals.value, null, 2) : ""
  return { ...draft, schema: { name: check.name, schema: check.schema }, equals }
}

/** Maximum characters of an answer that is compared verbatim; a longer one is judged. */
const MAX_EXACT = 200

/** An answer in a chat and its question. */
export interface AnswerSource {
  question: string
  system: string
  answer: string
  /** The schema of the requested structured output. */
  schema: DraftSchema | null
  /** The question had attachments or earlier messages, which a case lacks. */
  more: boolean
}

/** A case suggested by an answer, which is assumed to be good. */
export function draftFrom({ question, system, answer, schema }: AnswerSource): Draft {
  const draft = {
    ...NEW_CASE,
    question: question.slice(0, MAX_QUESTION_CHARS),
    system: system.slice(0, MAX_SYSTEM_CHARS),
    expected: answer.slice(0, MAX_EXPECTED_CHARS),
  }
  if (schema) return { ...draft, kind: "json", schema, equals: answer }
  return { ...draft, kind: answer.length <= MAX_EXACT ? "exact" : "judge" }
}

/** What is missing, as a key of its message. */
export type Missing = "needQuestion" | "needExpected" | "needPattern" | "needSchema" | "needRubric" | "notJson"

/** The case in the form, or what is missing. */
export function caseFromDraft(draft: Draft, id: string): { case: EvalCase } | { missing: Missing } {
  if (!draft.question.trim()) return { missing: "needQuestion" }
  const check = checkOf(draft)
  if (typeof check === "string") return { missing: check }
  return { case: { id, question: draft.question.trim(), system: draft.system.trim(), check } }
}

function checkOf({ kind, expected, matchCase, pattern, schema, equals, rubric }: Draft): EvalCheck | Missing {
  if (kind === "none") return { kind }
  if (kind === "exact" || kind === "contains")
    return expected.trim() ? { kind, expected: expected.trim(), matchCase } : "needExpected"
  if (kind === "pattern") return pattern ? { kind, pattern } : "needPattern"
  if (kind === "judge") return rubric.trim() ? { kind, rubric: rubric.trim() } : "needRubric"
  if (!schema) return "needSchema"
  if (!equals.trim()) return { kind, ...schema }
  try {
    return { kind, ...schema, equals: { value: JSON.parse(equals) } }
  } catch {
    return "notJson"
  }
}
