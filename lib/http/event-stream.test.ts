import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { eventStream } from "@/lib/http/event-stream"
import { MAX_STREAMS } from "@/lib/http/held-streams"

/** A stream that sends one block and then nothing. */
function open(owner: string) {
  const abort = new AbortController()
  async function* blocks() {
    yield "data: hello\n\n"
    await new Promise((resolve) => abort.signal.addEventListener("abort", resolve))
  }
  const reader = eventStream(blocks(), { owner, abort }).body?.getReader()
  if (!reader) throw new Error("no body")
  return { reader, abort }
}

test("beyond the limit a user's oldest stream is aborted, not ended, and nobody else's", async () => {
  const owner = randomUUID()
  const other = open(randomUUID())
  const streams = Array.from({ length: MAX_STREAMS }, () => open(owner))
  for (const { reader } of streams) expect((await reader.read()).done).toBe(false)
  open(owner)
  expect(streams.map(({ abort }) => abort.signal.aborted)).toEqual(streams.map((_, place) => place === 0))
  await expect(streams[0]?.reader.read()).rejects.toThrow("too many streams")
  expect(other.abort.signal.aborted).toBe(false)
})

test("a closed stream frees its slot", async () => {
  const owner = randomUUID()
  const streams = Array.from({ length: MAX_STREAMS }, () => open(owner))
  await streams[5]?.reader.cancel()
  open(owner)
  expect(streams.filter(({ abort }) => abort.signal.aborted)).toEqual([streams[5]])
})
