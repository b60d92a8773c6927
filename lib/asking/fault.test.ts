import { APICallError } from "ai"
import { expect, test } from "vitest"
import { faultOfTry } from "@/lib/asking/fault"
import { AppError } from "@/lib/http/errors"

const call = (statusCode: number, responseBody = "", responseHeaders: Record<string, string> = {}) =>
  new APICallError({
    message: "x",
    url: "https://x.test",
    requestBodyValues: {},
    statusCode,
    responseBody,
    responseHeaders,
  })

test.each([
  [call(429, "", { "retry-after": "3" }), { kind: "no room", retryAfterMs: 3_000 }],
  [call(503), { kind: "no room", retryAfterMs: null }],
  [call(401), { kind: "of all" }],
  [call(402), { kind: "of all" }],
  [call(404), { kind: "of all" }],
  [call(400), { kind: "final" }],
  [call(400, '{"error":{"message":"prompt is too long"}}'), { kind: "final" }],
  [call(500), { kind: "again", waitMs: 1_000 }],
  [new AppError("upstream:timeout"), { kind: "again" }],
  [new AppError("document:not_found/gone"), { kind: "final" }],
])("effect of %s on the row", (thrown, expected) => {
  expect(faultOfTry(thrown, 1, 0.5)).toMatchObject(expected)
})

test("a row is tried five times, with growing delays", () => {
  const kinds = [1, 2, 3, 4, 5].map((attempt) => faultOfTry(call(500), attempt, 0.5))
  expect(kinds.map((fault) => ("waitMs" in fault ? fault.waitMs : fault.kind))).toEqual([
    1_000,
    4_000,
    16_000,
    60_000,
    "final",
  ])
})
