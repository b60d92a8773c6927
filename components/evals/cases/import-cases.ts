/** Parses cases from a table or JSON lines. Pure. */
import { v7 as uuidv7 } from "uuid"
import { caseSchema, checkSchema, type EvalCase, type EvalCheck, MAX_CASES_ADDED } from "@/lib/evals/contract/eval"
import { isRecord } from "@/lib/is-record"
import { rowsOf } from "@/lib/output/separated"

/** Kinds that a row can specify by name: a schema does not fit into a cell. */
export const IMPORTED_KINDS = ["exact", "contains", "pattern", "judge", "none"] as const
export type ImportedKind = (typeof IMPORTED_KINDS)[number]

export interface Imported {
  cases: EvalCase[]
  /** Rows that are not valid cases. */
  skipped: number
}

/** Accepted column names, lowercase. */
const NAMES = {
  question: ["question", "prompt", "input", "frage", "q"],
  expected: ["expected", "answer", "output", "ideal", "target", "rubric", "pattern", "erwartet", "antwort"],
  check: ["check", "kind", "prüfung"],
  system: ["system", "system_prompt", "systemprompt"],
}
type Name = keyof typeof NAMES

/**
 * Parses CSV, JSON, or JSONL; null when there is no question column. `usual`: the check for rows that don't specify
 * one.
 */
export function parseCases(text: string, usual: ImportedKind): Imported | null {
  const trimmed = text.replace(/^\uFEFF/, "").trim()
  if (trimmed === "") return null
  return /^[[{]/.test(trimmed) ? fromJson(trimmed, usual) : fromTable(trimmed, usual)
}

const nameOf = (column: string): Name | undefined => {
  const name = column.trim().toLowerCase()
  return (Object.keys(NAMES) as Name[]).find((one) => NAMES[one].includes(name))
}

function fromTable(text: string, usual: ImportedKind): Imported | null {
  const [head = [], ...rows] = rowsOf(text)
  const names = head.map(nameOf)
  if (!names.includes("question")) return null
  const records = rows.map((cells) => {
    const record: Partial<Record<Name, string>> = {}
    for (const [at, name] of names.entries()) if (name && record[name] === undefined) record[name] = cells[at] ?? ""
    return record
  })
  return gathered(records.map((record) => caseFrom(record, usual)))
}

function fromJson(text: string, usual: ImportedKind): Imported | null {
  const values = jsonValues(text)
  const cases = values.map((value) => {
    if (!isRecord(value)) return null
    const record: Partial<Record<Name, unknown>> = {}
    for (const [key, member] of Object.entries(value)) {
      const name = nameOf(key)
      if (name && record[name] === undefined) record[name] = member
    }
    return caseFrom(record, usual)
  })
  return cases.some((one) => one !== null) ? gathered(cases) : null
}

/** A list, or one value per line; an invalid line is null. */
function jsonValues(text: string): unknown[] {
  const whole = parsed(text)
  if (Array.isArray(whole)) return whole
  if (whole !== undefined) return [whole]
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => parsed(line) ?? null)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const words = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value)

function caseFrom({ question, expected, check, system }: Partial<Record<Name, unknown>>, usual: ImportedKind) {
  // As in an export, where the check is an object.
  const whole = checkSchema.safeParse(check).data
  const kind = IMPORTED_KINDS.find((one) => one === words(check).trim().toLowerCase()) ?? usual
  const made = {
    id: uuidv7(),
    question: words(question),
    system: words(system),
    check: whole ?? checkFor(kind, words(expected)),
  }
  return caseSchema.safeParse(made).data ?? null
}

function checkFor(kind: ImportedKind, expected: string): EvalCheck {
  if (kind === "none") return { kind }
  if (kind === "pattern") return { kind, pattern: expected.trim() }
  return kind === "judge" ? { kind, rubric: expected } : { kind, expected, matchCase: false }
}

function gathered(cases: (EvalCase | null)[]): Imported {
  const good = cases.filter((one) => one !== null)
  return { cases: good, skipped: cases.length - good.length }
}

/** Maximum characters per request that adds cases. */
const MAX_CHARACTERS = 1_500_000

/** Splits cases into batches that fit into one request. */
export function* piecesOf(cases: EvalCase[]): Generator<EvalCase[]> {
  let piece: EvalCase[] = []
  let characters = 0
  for (const one of cases) {
    const size = JSON.stringify(one).length
    if (piece.length > 0 && (piece.length >= MAX_CASES_ADDED || characters + size > MAX_CHARACTERS)) {
      yield piece
      piece = []
      characters = 0
    }
    piece.push(one)
    characters += size
  }
  if (piece.length > 0) yield piece
}
