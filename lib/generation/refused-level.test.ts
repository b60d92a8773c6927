/** A reasoning level that the model server refuses: this answer and the next one are written without it. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { config } from "@/lib/config"
import { ask, MODEL, send, setUp, stored, textOf } from "@/lib/generation/generation.fixture"
import {
  answerWith,
  finish,
  type RawUpstream,
  type Script,
  startRawUpstream,
  stream,
  text,
} from "@/lib/generation/raw-upstream.fixture"

setUp()

let upstream: RawUpstream
beforeAll(async () => {
  upstream = await startRawUpstream(MODEL)
  config().baseUrl = upstream.url
})
afterAll(() => upstream.close())

const REFUSAL = {
  error: { message: "reasoning_effort: 'high' is not supported for this model", type: "invalid_request_error" },
}

const withoutLevel: Script = (response, asked) =>
  (asked.reasoning_effort === undefined
    ? stream(text("Here it is."), finish())
    : answerWith(400, JSON.stringify(REFUSAL), { "content-type": "application/json" }))(response, asked)

test("a refused thinking level is left out, reported once, and not requested again", async () => {
  upstream.script = withoutLevel
  const settings = { reasoning: "high" } as const
  const first = ask("Think hard", { settings })
  await (await send(first)).response?.text()
  const [, answer] = await stored(first.id)
  expect(textOf(answer)).toBe("Here it is.")
  expect(answer?.metadata?.status).toBe("complete")
  expect(answer?.parts).toContainEqual({ type: "data-left-out", data: { what: "thinking" } })
  expect(upstream.asked.map(({ reasoning_effort: effort }) => effort)).toEqual(["high", undefined])
  await (await send(ask("And harder", { id: first.id }))).response?.text()
  expect(upstream.asked.map(({ reasoning_effort: effort }) => effort)).toEqual(["high", undefined, undefined])
  expect((await stored(first.id)).at(-1)?.parts.map(({ type }) => type)).not.toContain("data-left-out")
})
