import { expect, test } from "vitest"
import { bytesOf, joinDeltas, joiningFetch } from "@/lib/ai/join-deltas"
import type { DeltaReader } from "@/lib/ai/wire/fast-lane"

const delta = (text: string, key = "content") =>
  `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { [key]: text }, finish_reason: null }] })}\n\n`
const finish = `data: ${JSON.stringify({ id: "1", choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: { prompt_tokens: 1 } })}\n\n`

const texts = (stream: string, key = "content"): string[] =>
  stream
    .split("\n\n")
    .filter((event) => event.startsWith("data: {"))
    .map((event) => JSON.parse(event.slice(6)).choices[0].delta[key])
    .filter((text) => text !== undefined)

/** A reader that is always up to date, or as `take` says. */
const reading = (take: DeltaReader["take"] = () => true): DeltaReader => ({ take, other: () => {} })

async function through(pieces: Uint8Array[], reader?: DeltaReader): Promise<string> {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  return new Response(joinDeltas(bytesOf(body), reader)).text()
}

/** The output for text that arrives in one piece. */
const joined = (text: string) => through([new TextEncoder().encode(text)])

test("adjacent deltas are merged into one with the same text", async () => {
  const out = await joined(delta("Hel") + delta("lo ") + delta("wörld 👋") + finish)
  expect(texts(out)).toEqual(["Hello wörld 👋"])
  expect(out.trimEnd().endsWith('"finish_reason":"stop"}]}')).toBe(true)
})

test("thinking and text stay separate and in order", async () => {
  const out = await joined(delta("a", "reasoning_content") + delta("b", "reasoning_content") + delta("c") + delta("d"))
  expect(texts(out, "reasoning_content")).toEqual(["ab"])
  expect(texts(out)).toEqual(["cd"])
})

test("the text is the same when split at any byte", async () => {
  const bytes = new TextEncoder().encode(`${delta("Grüße ")}${delta("👩‍👩‍👧!")}${finish}data: [DONE]\n\n`)
  for (let cut = 1; cut < bytes.length; cut++) {
    const out = await through([bytes.slice(0, cut), bytes.slice(cut)])
    expect(texts(out).join("")).toBe("Grüße 👩‍👩‍👧!")
    expect(out).toContain('"stop"')
  }
})

test("a single event of many megabytes arrives whole, in chunks of any size", async () => {
  const text = "Ünd so weiter. ".repeat(250_000)
  const bytes = new TextEncoder().encode(delta(text) + finish)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, n) =>
    bytes.slice(n * 65_536, (n + 1) * 65_536),
  )
  expect(texts(await through(pieces)).join("") === text).toBe(true)
})

test("an endless event is not a valid answer and does not fill memory", async () => {
  let sent = 0
  const piece = new TextEncoder().encode("x".repeat(1_000_000))
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent++
      controller.enqueue(piece)
    },
  })
  await expect(new Response(joinDeltas(bytesOf(body))).text()).rejects.toMatchObject({ code: "upstream:garbage" })
  expect(sent).toBeLessThan(40)
})

test("a broken upstream passes on what arrived, then its error", async () => {
  let sent = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent) controller.error(new Error("ECONNRESET"))
      else controller.enqueue(new TextEncoder().encode(delta("kept")))
      sent = true
    },
  })
  const reader = joinDeltas(bytesOf(body)).getReader()
  const first = await reader.read()
  expect(texts(new TextDecoder().decode(first.value))).toEqual(["kept"])
  await expect(reader.read()).rejects.toThrow("ECONNRESET")
})

test("canceling closes the upstream", async () => {
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode(delta("x"))),
    cancel: () => {
      cancelled = true
    },
  })
  const reader = joinDeltas(bytesOf(body)).getReader()
  await reader.read()
  await reader.cancel()
  expect(cancelled).toBe(true)
})

test("a fast upstream is not read ahead of its reader without limit", async () => {
  let sent = 0
  const big = new TextEncoder().encode(delta("x".repeat(100_000)))
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += big.length
      controller.enqueue(big)
      if (sent > 50_000_000) controller.close()
    },
  })
  const reader = joinDeltas(bytesOf(body)).getReader()
  await reader.read()
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(sent).toBeLessThan(12_000_000)
  await reader.cancel()
})

test("text the reader already has is held back to be merged, but never past another event", async () => {
  const seen: string[] = []
  const reader = reading((kind, text) => {
    seen.push(`${kind} ${text}`)
    return true
  })
  const encode = (text: string) => new TextEncoder().encode(text)
  const out = await through([encode(delta("a")), encode(delta("b")), encode(delta("c")), encode(finish)], reader)
  expect(seen).toEqual(["text a", "text b", "text c"])
  expect(texts(out)).toEqual(["abc"])
  expect(out.indexOf("abc")).toBeLessThan(out.indexOf('"stop"'))
})

test("a long-running answer reaches the SDK before it ends", async () => {
  let send: (text: string) => void = () => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      send = (text) => controller.enqueue(new TextEncoder().encode(text))
    },
  })
  const reader = joinDeltas(bytesOf(body), reading()).getReader()
  const first = reader.read()
  send(delta("a"))
  send(delta("b"))
  expect(texts(new TextDecoder().decode((await first).value))).toEqual(["ab"])
  await reader.cancel()
})

test("text flushed along with something urgent ends nothing when its own delay is over", async () => {
  let send: (text: string) => void = () => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      send = (text) => controller.enqueue(new TextEncoder().encode(text))
    },
  })
  // The first delta is urgent; the second arrives while the first is collected, and is sent with it.
  let taken = 0
  const reader = joinDeltas(
    bytesOf(body),
    reading(() => taken++ > 0),
  ).getReader()
  const first = reader.read()
  send(delta("a"))
  await Promise.resolve()
  send(delta("b"))
  expect(texts(new TextDecoder().decode((await first).value))).toEqual(["ab"])
  const next = reader.read()
  await new Promise((resolve) => setTimeout(resolve, 300))
  send(finish)
  expect((await next).done).toBe(false)
  await reader.cancel()
})

/** A non-streamed answer, in pieces of 100 kB on demand; also returns how many were taken. */
async function whole(pieces: string[]) {
  const asked = { pieces: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[asked.pieces++]
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
  })
  const response = joiningFetch(async () => new Response(body))("http://localhost/", { method: "POST", body: "{}" })
  const text = await response.then((answer) => answer.text()).catch((error: unknown) => error)
  return { text, asked: asked.pieces }
}

test("a complete JSON answer is passed on unchanged", async () => {
  const pieces = Array.from({ length: 8 }, (_, n) => `${n} wörd `.repeat(1_000))
  expect((await whole(pieces)).text).toBe(pieces.join(""))
})

test("an oversized JSON answer is not read to the end, and one with too many values is rejected", async () => {
  const { text, asked } = await whole(Array.from({ length: 1_000 }, () => "x".repeat(100_000)))
  expect(text).toMatchObject({ code: "upstream:garbage" })
  expect(asked).toBeLessThan(20)
  expect((await whole([`[${"1,".repeat(100_000)}1]`])).text).toMatchObject({ code: "upstream:garbage" })
})
