import { expect, test } from "vitest"
import { caseFromDraft, draftOf, NEW_CASE } from "@/components/evals/cases/draft"
import { parseCases, piecesOf } from "@/components/evals/cases/import-cases"
import { type EvalCase, type EvalCheck, MAX_QUESTION_CHARS } from "@/lib/evals/contract/eval"

const bare = (cases: EvalCase[] = []) => cases.map(({ id: _, ...rest }) => rest)

test("CSV columns are matched by name; rows may specify their check", () => {
  const csv =
    'Question,Expected,check,other\n"What, now?",Paris,,x\nRate it,Is kind,judge,\nFree,,none,\n,lost,,\nNo answer,,,\n'
  const read = parseCases(csv, "contains")
  expect(read?.skipped).toBe(2)
  expect(bare(read?.cases)).toEqual([
    { question: "What, now?", system: "", check: { kind: "contains", expected: "Paris", matchCase: false } },
    { question: "Rate it", system: "", check: { kind: "judge", rubric: "Is kind" } },
    { question: "Free", system: "", check: { kind: "none" } },
  ])
  expect(parseCases("a,b\n1,2", "exact")).toBeNull()
  expect(parseCases(" ", "exact")).toBeNull()
})

test("JSONL and JSON are imported, broken lines skipped, exported checks kept intact", () => {
  const check = { kind: "json", name: "x", schema: { type: "object" }, equals: { value: [1] } }
  const lines = ['{"prompt":"a","ideal":42}', "{broken", JSON.stringify({ question: "b", system: "s", check })]
  const read = parseCases(lines.join("\n"), "exact")
  expect(read?.skipped).toBe(1)
  expect(bare(read?.cases)).toEqual([
    { question: "a", system: "", check: { kind: "exact", expected: "42", matchCase: false } },
    { question: "b", system: "s", check },
  ])
  expect(bare(parseCases('[{"question":"a","expected":"b"}]', "exact")?.cases)).toHaveLength(1)
  expect(parseCases('{"other":1}', "exact")).toBeNull()
  expect(parseCases(`question,expected\n${"x".repeat(MAX_QUESTION_CHARS + 1)},a`, "exact")).toEqual({
    cases: [],
    skipped: 1,
  })
})

test("cases are sent in order, in batches within the request limit", () => {
  const many = Array.from({ length: 250 }, (_, at) => ({
    ...{ id: String(at), question: "q".repeat(at % 2 ? 19_000 : 5), system: "", check: { kind: "none" as const } },
  }))
  const pieces = [...piecesOf(many)]
  expect(pieces.flat()).toEqual(many)
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(100)
    expect(JSON.stringify(piece).length).toBeLessThan(1_600_000)
  }
})

test.each<EvalCheck>([
  { kind: "none" },
  { kind: "exact", expected: "a", matchCase: true },
  { kind: "contains", expected: "a", matchCase: false },
  { kind: "pattern", pattern: " a$" },
  { kind: "json", name: "x", schema: { type: "object" } },
  { kind: "json", name: "x", schema: {}, equals: { value: null } },
  { kind: "judge", rubric: "r" },
])("a form round-trips %o", (check) => {
  const one = { id: "i", question: "q", system: "s", check }
  expect(caseFromDraft(draftOf(one), "i")).toEqual({ case: one })
})

test("a form reports missing fields", () => {
  const missing = (change: Partial<typeof NEW_CASE>) => caseFromDraft({ ...NEW_CASE, question: "q", ...change }, "i")
  expect(caseFromDraft(NEW_CASE, "i")).toEqual({ missing: "needQuestion" })
  expect(missing({})).toEqual({ missing: "needExpected" })
  expect(missing({ kind: "pattern" })).toEqual({ missing: "needPattern" })
  expect(missing({ kind: "json" })).toEqual({ missing: "needSchema" })
  expect(missing({ kind: "judge", rubric: " " })).toEqual({ missing: "needRubric" })
  const schema = { name: "x", schema: {} }
  expect(missing({ kind: "json", schema, equals: "{a" })).toEqual({ missing: "notJson" })
})
