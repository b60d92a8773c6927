/** Questions that a model server refuses: what the user saw, what was stored, and what was logged. */
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest"
import { config } from "@/lib/config"
import { ask, MODEL, send, setUp, stored } from "@/lib/generation/generation.fixture"
import { type RawUpstream, type Script, startRawUpstream } from "@/lib/generation/raw-upstream.fixture"
import { registerSecret } from "@/lib/redact-keys"

export const KEY = "fw_3ZtkQ9vX7mLp2RsWbYcD8abcd"

let upstream: RawUpstream
export const logged: string[] = []

/** Call once per test file. */
export function setUpRefused(): void {
  setUp({ FIREWORKS_API_KEY: KEY })
  beforeAll(async () => {
    upstream = await startRawUpstream(MODEL)
    config().baseUrl = upstream.url
    registerSecret(KEY)
  })
  afterAll(() => upstream.close())
  beforeEach(() => {
    logged.length = 0
    vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void logged.push(words.join(" ")))
  })
}

/** The error of an answer whose question was refused this way: what the user saw on the stream, and what was stored. */
export async function refused(script: Script) {
  upstream.asked = []
  upstream.script = script
  const request = ask("Hello there")
  const read = await (await send(request)).response?.text()
  const [, answer] = await stored(request.id)
  expect(answer?.metadata?.status).toBe("failed")
  return { error: answer?.metadata?.error, read: read ?? "", answer, asked: upstream.asked.length }
}

export const json = (body: unknown) => JSON.stringify(body)
export const said = (message: string, more: object = {}) =>
  json({ error: { message, type: "error", param: null, code: null, ...more } })
