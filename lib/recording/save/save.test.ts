/**
 * What is stored of an answer, and what is exported: with a real model server, and secrets planted everywhere they can
 * occur.
 */
import { expect, test } from "vitest"
import { GrowingMessage } from "@/components/stream/growing-message"
import {
  API_KEY,
  ask,
  eventsOf,
  newGuest,
  send,
  setUp,
  started,
  stored,
  user,
} from "@/lib/generation/generation.fixture"
import type { ChatMessage } from "@/lib/messages/types"
import { readRecording } from "@/lib/recording/read"
import { framesOf } from "@/lib/recording/timeline"

setUp()

async function recorded(question: string, more = {}) {
  const request = ask(question, more)
  const { answerId, response } = await send(request)
  const { events } = await eventsOf(response)
  await waitForEnd(answerId)
  const { waitUntilRecorded } = await import("@/lib/generation/runtime")
  await waitUntilRecorded(answerId)
  return { request, answerId, events }
}

async function save(chat: string, answer: string, as = user) {
  const { recordingOf } = await import("@/lib/recording/save/save")
  return (await recordingOf(as, chat, answer)).join("")
}

test("a turn with a tool is recorded: requests, received data, timing, and what was sent to the page", async () => {
  const { request, answerId, events } = await recorded("What time is it in Tokyo?")
  const file = await save(request.id, answerId)
  const { head, events: lines, whole } = readRecording(file)
  expect(whole).toBe(true)
  expect(head).toMatchObject({ question: { text: "What time is it in Tokyo?", files: [] }, node: process.version })
  const requests = lines.filter((line) => line.type === "request")
  expect(requests.length).toBeGreaterThan(1)
  const [first] = requests.map(({ body }) => body.messages)
  expect(requests[1]).toMatchObject({ sameMessages: Array.isArray(first) && first.length })
  const wire = lines.flatMap((line) => (line.type === "data" ? [line.text] : [])).join("")
  expect(wire).toContain("[DONE]")
  const played = framesOf(lines).flatMap(({ chunks }) => chunks)
  const shown = events.map(({ chunk }) => chunk).filter(({ transient }) => !transient)
  expect(joined(played)).toEqual(joined(shown))
  expect(file).not.toContain(API_KEY)
  const [, answer] = await stored(request.id)
  expect(lines.at(-1)).toMatchObject({ type: "finish", status: "complete", usage: answer?.metadata?.usage })
})

test("playback equals what was stored: reasoning, text, calls with their results, usage", async () => {
  const { request, answerId } = await recorded("Think, then tell me: what time is it in Tokyo?")
  const { events } = readRecording(await save(request.id, answerId))
  const growing = new GrowingMessage(answerId)
  for (const { chunks } of framesOf(events)) for (const chunk of chunks) growing.take(chunk)
  const [, answer] = await stored(request.id)
  const told = (parts: ChatMessage["parts"] = []) =>
    parts.map((part) =>
      "text" in part
        ? [part.type, part.text]
        : "toolCallId" in part
          ? [part.type, part.input, part.state === "output-available" && part.output]
          : part.type,
    )
  const played = growing.message()
  expect(told(played.parts)).toEqual(told(answer?.parts))
  expect(told(played.parts).map(([type]) => type)).toContain("tool-current_time")
  expect(played.metadata).toMatchObject({ status: "complete", usage: answer?.metadata?.usage })
})

/** Normalizes chunks, however the deltas were grouped. */
function joined(chunks: { type: string; delta?: string; id?: string; transient?: boolean }[]) {
  const result: { type: string; delta?: string; id?: string }[] = []
  for (const chunk of chunks) {
    const last = result.at(-1)
    if (chunk.transient) continue
    if (last?.delta !== undefined && chunk.delta !== undefined && last.type === chunk.type && last.id === chunk.id)
      last.delta += chunk.delta
    else result.push({ ...chunk })
  }
  return result
}

test("another user can't access it", async () => {
  const { request, answerId } = await recorded("[[echo]] mine")
  const guest = await newGuest()
  await expect(save(request.id, answerId, guest)).rejects.toMatchObject({ code: "conversation:not_found" })
})

/** Secrets that this process learns only from the database: the user's own, of their servers, and look-alikes. */
const PLANTED = {
  own: "Zk8vQ2mT7nR4wL9xB6yD",
  mcp: "mcp-tok-9fK3vQ8zLmT2nR5w",
  github: `ghp_${"a1B2".repeat(9)}`,
  signed: "X-Amz-Signature=5f3a9c0d",
  email: "ada.planted@firma.de",
}

async function plant(userId: string): Promise<void> {
  const [{ seal, PURPOSES }, { config }, { sealSecrets }, { storeOwnKey }, { addMcpServer }] = await Promise.all([
    import("@/lib/seal"),
    import("@/lib/config"),
    import("@/lib/mcp/secrets"),
    import("@/lib/db/people/own-keys"),
    import("@/lib/db/tools/mcp-servers"),
  ])
  const { database } = started.testDb
  await database.user.update({ where: { id: userId }, data: { email: PLANTED.email } })
  await storeOwnKey(userId, { sealed: seal(PLANTED.own, config().authSecret, PURPOSES.ownKey), lastFour: "B6yD" })
  const sealed = sealSecrets({ headers: { Authorization: `Bearer ${PLANTED.mcp}` } })
  await addMcpServer({ id: crypto.randomUUID(), userId, name: "notes", url: "https://mcp.example.com/", sealed })
}

test("planted secrets appear in no field: question, system prompt, tools, answer, refusals, headers", async () => {
  const guest = await newGuest()
  await plant(guest.id)
  const words = Object.values(PLANTED).map((secret) =>
    secret === PLANTED.signed ? `https://s3.example.com/f.png?${secret}&X-Amz-Date=1` : secret,
  )
  const request = ask(`[[echo]] ${words.join(" and ")} ${API_KEY}`, { settings: { systemPrompt: words.join(" or ") } })
  const { answerId, response } = await send(request, guest)
  const { text } = await eventsOf(response)
  // The answer contains all of them, split into tokens: redaction applies only to the recording.
  expect(text).toContain(PLANTED.own)
  await waitForEnd(answerId)
  // Secrets that a process has forgotten are loaded again.
  const { singleton } = await import("@/lib/singleton")
  singleton("hiddenKeysOfPersons", () => new Set<string>()).clear()
  const file = await save(request.id, answerId, guest)
  for (const secret of [...Object.values(PLANTED), API_KEY]) expect(file).not.toContain(secret)
  // Not in pieces either, neither in the response nor in what the page received.
  const { head, events } = readRecording(file)
  const wire = events.flatMap((event) => (event.type === "data" ? [event.text] : [])).join("")
  const content = wire.split("\n\n").flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []))
  const said = content.map(({ choices }) => choices[0]?.delta.content ?? "").join("")
  const shown = framesOf(events).flatMap(({ chunks }) => chunks)
  const seen = shown.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("")
  expect(said).toContain("[hidden] and [hidden]")
  for (const secret of [...Object.values(PLANTED), API_KEY]) expect(said + seen).not.toContain(secret)
  expect(seen).toBe(said)
  expect(head.removed.keys).toBeGreaterThan(5)
  expect(head.removed.emails).toBeGreaterThan(2)
  expect(head.removed.links).toBeGreaterThan(2)
  // Only allowed headers, and no key in them.
  expect(file).not.toMatch(/"(?:authorization|cookie|set-cookie)"/i)
})

async function waitForEnd(answerId: string): Promise<void> {
  const { runningByMessage } = await import("@/lib/generation/runtime")
  await runningByMessage(answerId)?.done
}

test("a refused attempt is included, with its status, its message, and its retry-after", async () => {
  const { request, answerId } = await recorded("[[fault status=429 retry-after=0 times=1]] [[echo]] again")
  const { events } = readRecording(await save(request.id, answerId))
  const responses = events.flatMap((event) => (event.type === "response" ? [event] : []))
  expect(responses).toMatchObject([{ status: 429, headers: { "retry-after": "0" } }, { status: 200 }])
  expect(events.find((event) => event.type === "data")).toMatchObject({ text: expect.stringContaining("429") })
})

test("a broken connection ends with its reason", async () => {
  const { request, answerId } = await recorded("[[fault reset=5]] [[words n=50]]")
  const { events } = readRecording(await save(request.id, answerId))
  expect(events.find((event) => event.type === "end")).toMatchObject({ error: expect.any(String) })
  expect(events.at(-1)).toMatchObject({ type: "finish", status: "failed" })
})

test("a continued answer is one recording whose second run starts over", async () => {
  const { request, answerId } = await recorded("[[fault cut=5]] [[words n=50]]")
  const { continueAnswer } = await import("@/lib/generation/continue")
  await continueAnswer(user, request.id, { messageId: answerId, generationId: crypto.randomUUID() })
  await waitForEnd(answerId)
  const { events } = readRecording(await save(request.id, answerId))
  expect(events.filter(({ type }) => type === "run")).toHaveLength(2)
  const frames = framesOf(events)
  expect(frames.filter(({ anew }) => anew)).toHaveLength(2)
  const numbers = events.flatMap((event) => (event.type === "request" ? [event.number] : []))
  expect(numbers).toEqual([1, 2])
})

test("the newest 50 recordings per user are kept until they expire; they are deleted with their chat", async () => {
  const { database } = started.testDb
  const { request, answerId } = await recorded("[[echo]] kept")
  const count = () => database.recording.count({ where: { userId: user.id } })
  const { addRecording, removeRecordings } = await import("@/lib/db/recordings/recordings")
  const generation = await database.generation.findFirstOrThrow({ where: { messageId: answerId } })
  const before = await count()
  for (let n = 0; n < 3; n++) {
    const id = crypto.randomUUID()
    await database.generation.create({ data: { ...generation, id, runningIn: null } })
    await addRecording({ generationId: id, userId: user.id, data: "" }, 2)
    expect(await count()).toBe(2)
  }
  expect(before).toBeGreaterThan(2)
  expect(await removeRecordings(new Date(Date.now() + 1_000))).toBeGreaterThanOrEqual(2)
  await expect(save(request.id, answerId)).rejects.toMatchObject({ code: "message:no_recording" })
  const { answerId: other, request: last } = await recorded("[[echo]] gone")
  await database.conversation.delete({ where: { id: last.id } })
  expect(await database.recording.count({ where: { generation: { messageId: other } } })).toBe(0)
  expect(await count()).toBe(0)
})

test("an image is referenced by its hash, and its bytes are included on request", async () => {
  const [{ addImage }, { default: sharp }, { createHash }] = await Promise.all([
    import("@/lib/images/images"),
    import("sharp"),
    import("node:crypto"),
  ])
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#c40" } })
    .png()
    .toBuffer()
  const { url, mediaType } = await addImage(user.id, bytes, "sunset.png")
  const request = ask("What is this?")
  request.message.parts.unshift({ type: "file", url, mediaType, filename: "sunset.png" })
  const { answerId, response } = await send(request)
  await eventsOf(response)
  await waitForEnd(answerId)
  const { recordingOf } = await import("@/lib/recording/save/save")
  const plain = await save(request.id, answerId)
  const { head } = readRecording(plain)
  expect(head.pictures).toMatchObject([{ name: "sunset.png", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  expect(plain).not.toContain(";base64,")
  expect(plain).toContain(`"sha256:${head.pictures[0]?.sha256}"`)
  const whole = (await recordingOf(user, request.id, answerId, { pictures: true })).join("")
  const [picture] = readRecording(whole).events.flatMap((event) => (event.type === "picture" ? [event] : []))
  const hash = createHash("sha256").update(Buffer.from(picture?.data ?? "", "base64"))
  expect(hash.digest("hex")).toBe(head.pictures[0]?.sha256)
})
