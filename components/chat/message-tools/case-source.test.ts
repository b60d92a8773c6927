import { expect, test } from "vitest"
import { caseSource } from "@/components/chat/message-tools/case-source"
import { caseFromDraft, draftFrom } from "@/components/evals/cases/draft"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]
const said = (text: string): Parts => [{ type: "text", text, state: "done" }]
const message = (
  id: string,
  role: ChatMessage["role"],
  parentId: string | null,
  parts: Parts,
  more = {},
): ChatMessage => ({
  ...{ id, role, parts },
  metadata: { parentId, createdAt: "2026-12-01T00:00:00.000Z", status: "complete", ...more },
})

const FIRST = [message("q", "user", null, said("Capital of France?")), message("a", "assistant", "q", said("Paris"))]
const SCHEMA = { type: "object", properties: { city: { type: "string" } } }

test("a short answer becomes an exact-match case, a long one a judged case", () => {
  const source = caseSource(FIRST, "a", { systemPrompt: "Be brief." })
  expect(source).toMatchObject({ question: "Capital of France?", system: "Be brief.", answer: "Paris", more: false })
  if (!source) throw new Error("no source")
  expect(caseFromDraft(draftFrom(source), "id")).toEqual({
    case: {
      ...{ id: "id", question: "Capital of France?", system: "Be brief." },
      check: { kind: "exact", expected: "Paris", matchCase: false },
    },
  })
  expect(draftFrom({ ...source, answer: "word ".repeat(100) }).kind).toBe("judge")
})

test("a JSON answer includes its schema and the edited values", () => {
  const output = { type: "json_schema", name: "city", schema: SCHEMA }
  const edits = { type: "data-edits", data: { values: [{ path: "/city", json: '"Lyon"' }] } } as Parts[number]
  const answer = message("b", "assistant", "p", [...said('{"city":"Paris"}'), edits], { output })
  const source = caseSource([...FIRST, message("p", "user", "a", said("And?")), answer], "b", {})
  expect(source).toMatchObject({ question: "And?", schema: { name: "city", schema: SCHEMA }, more: true })
  if (!source) throw new Error("no source")
  const made = caseFromDraft(draftFrom(source), "id")
  expect(made).toMatchObject({ case: { check: { kind: "json", name: "city", equals: { value: { city: "Lyon" } } } } })
})

test("attachments of the question are reported as missing; without a question there is no case", () => {
  const image = { type: "file", url: "/api/images/x", mediaType: "image/png" } as const
  const asked = message("q", "user", null, [...said("What is this?"), image])
  expect(caseSource([asked, message("a", "assistant", "q", said("A cat"))], "a", {})?.more).toBe(true)
  expect(caseSource([message("a", "assistant", "gone", said("A cat"))], "a", {})).toBeNull()
  expect(caseSource(FIRST, "elsewhere", {})).toBeNull()
})
