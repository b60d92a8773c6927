import { expect, test } from "vitest"
import type { OutputRequest } from "@/lib/messages/types"
import { checkAnswer, checkOutput, problemsOf } from "@/lib/output/check"

const request = (schema: Record<string, unknown>) => ({ type: "json_schema", name: "test", schema }) as const

/** Each level doubles the work. */
function doubling(leaf: Record<string, unknown>): OutputRequest {
  const twice = (name: string) => ({ allOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${name}` }] })
  const levels = Array.from({ length: 30 }, (_, level) => [`a${level}`, twice(`a${level + 1}`)])
  return request({ $ref: "#/$defs/a0", $defs: { ...Object.fromEntries(levels), a30: leaf } })
}

test.each(["string", "number"])(
  "validation with a schema that doubles the work thirty times is aborted (%s)",
  async (type) => {
    let turns = 0
    const beat = setInterval(() => turns++, 10)
    expect(await checkAnswer("ann", '"x"', doubling({ type }))).toMatchObject({
      valid: false,
      problems: [{ path: "", message: "The answer couldn't be checked: it or its schema is too complex." }],
    })
    clearInterval(beat)
    // The event loop kept running during the check.
    expect(turns).toBeGreaterThan(20)
  },
)

test("a lookaround pattern with catastrophic backtracking is aborted", async () => {
  const schema = request({ type: "string", pattern: "^(?=(a+)+$)b" })
  await checkOutput("ann", schema)
  expect(await checkAnswer("ann", `"${"a".repeat(60)}!"`, schema)).toMatchObject({
    valid: false,
    problems: [{ path: "", message: "The answer couldn't be checked: it or its schema is too complex." }],
  })
})

test("an answer is validated, and an invalid schema is rejected with the location", async () => {
  expect(await checkAnswer("ann", '{"a":1}', request({ required: ["b"] }))).toMatchObject({
    valid: false,
    problems: [{ path: "", message: "“b” is missing" }],
  })
  await expect(checkOutput("ann", request({ type: "nonsense" }))).rejects.toMatchObject({
    code: "output:schema_invalid",
    details: { path: "/type" },
  })
  await checkOutput("ann", request({ type: "string" }))
})

test("each of several schemas gets its own problem", async () => {
  expect(await problemsOf("ann", [{ type: "string" }, { type: "nonsense" }])).toMatchObject([
    null,
    { path: "/type", message: expect.stringContaining("must be one of") },
  ])
})
