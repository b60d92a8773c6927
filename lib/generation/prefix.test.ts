/** The common prefix of consecutive requests, which a model server caches and bills at a lower price. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, expect, test, vi } from "vitest"
import { z } from "zod"
import type { ChatRequest } from "@/lib/chat/requests"
import { ask, send, setUp, started, user } from "@/lib/generation/generation.fixture"

setUp()
afterEach(() => vi.useRealTimers())

const body = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.unknown()).optional(),
})

/** Asks, and returns what the model server received. */
async function sentFor(request: ChatRequest, as = user) {
  const before = started.server.requests.length
  await (await send(request, as)).response?.text()
  const sent = started.server.requests
    .slice(before)
    .find(({ body: asked }) => JSON.stringify(asked)?.includes('"stream"'))
  return body.parse(sent?.body)
}
type Sent = Awaited<ReturnType<typeof sentFor>>

const on = (day: string) => vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${day}T12:00:00Z`) })

const systemOf = ({ messages }: Sent) => String(messages[0]?.content)
/** The turns after the instructions that every model gets first. */
const turnsOf = ({ messages }: Sent) => JSON.stringify(messages.slice(1)).slice(1, -1)

function common(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}

const file = { type: "data-text-file" as const, data: { name: "a.csv", mediaType: "text/csv", text: "a;b\n1;2" } }

test("the next request starts with the entire previous one, including files and the system prompt", async () => {
  const settings = { systemPrompt: "Answer like a pirate." }
  const first = ask("[[echo]] one", { settings })
  first.message.parts.push(file)
  const one = await sentFor(first)
  const two = await sentFor(ask("[[echo]] two", { id: first.id }))
  expect(systemOf(two)).toBe(systemOf(one))
  expect(turnsOf(two).startsWith(turnsOf(one))).toBe(true)
  expect(two.tools).toEqual(one.tools)
})

test("the next day only the date at the end of the instructions differs", async () => {
  const settings = { systemPrompt: "Answer like a pirate. ".repeat(50) }
  on("2026-11-28")
  const first = ask("[[echo]] one", { settings })
  const one = await sentFor(first)
  on("2026-11-29")
  const two = await sentFor(ask("[[echo]] two", { id: first.id }))
  expect(systemOf(one).slice(common(systemOf(one), systemOf(two)).length)).toMatch(/^\d, 2026\.$/)
  expect(systemOf(two)).toContain("November 29, 2026")
  expect(turnsOf(two).startsWith(turnsOf(one))).toBe(true)
})

test("toggling tools leaves every message unchanged", async () => {
  const first = ask("[[echo]] one")
  const one = await sentFor(first)
  const without = await sentFor(ask("[[echo]] two", { id: first.id, settings: { tools: [] } }))
  const again = await sentFor(ask("[[echo]] three", { id: first.id, settings: {} }))
  expect(one.tools?.length).toBeGreaterThan(3)
  expect([without.tools, again.tools]).toEqual([undefined, one.tools])
  expect(systemOf(without)).toBe(systemOf(one))
  expect(turnsOf(without).startsWith(turnsOf(one))).toBe(true)
  expect(turnsOf(again).startsWith(turnsOf(without))).toBe(true)
})

test("tools are sent in a fixed order, regardless of the order they were chosen in", async () => {
  const { toolsFor, toolNames } = await import("@/lib/ai/tools")
  const names = toolNames()
  const { tools } = await toolsFor({ userId: "u", conversationId: "c", settings: { tools: names.toReversed() } })
  // Some tools exist only where their requirements are met.
  expect(Object.keys(tools).length).toBeGreaterThan(3)
  expect(Object.keys(tools)).toEqual(names.filter((name) => name in tools))
})

test("two first questions share the same prefix, whoever asks", async () => {
  const other = { id: uuidv7(), guest: true, name: null }
  expect(systemOf(await sentFor(ask("[[echo]] one"), other))).toBe(systemOf(await sentFor(ask("[[echo]] two"))))
})
