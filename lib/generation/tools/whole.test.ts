/** A result that is too long: the model gets a part, the user the whole. */
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { addedTools } from "@/lib/ai/tools"
import { defineTool } from "@/lib/ai/tools/define"
import { cutResult } from "@/lib/ai/tools/whole"
import { openFile, storedBytes } from "@/lib/files/files"
import { sweepFiles } from "@/lib/files/sweep"
import { ask, eventsOf, newGuest, send, setUp, started, stored, user } from "@/lib/generation/generation.fixture"
import { createFullResultStore } from "@/lib/generation/tools/whole"
import { outputOf } from "@/lib/mcp/result"
import type { ChatMessage } from "@/lib/messages/types"

setUp({ QUOTA_GUEST_STORAGE_MB: "1" })

const line = "All that the note says. "
beforeEach(() => {
  addedTools().push(
    defineTool({
      name: "erase_note",
      description: "Erase a note of the person.",
      input: z.object({ location: z.string().trim() }),
      output: z.object({ erased: z.string() }),
      limits: { timeMs: 60_000, resultChars: 1_000, atOnce: 8 },
      may: { useNetwork: false, runUnasked: true },
      run: async ({ location }) => ({ erased: line.repeat(location === "Rome" ? 60_000 : 1_000) }),
    }),
  )
})
afterEach(() => void addedTools().pop())

const callIn = (message: ChatMessage | undefined) => message?.parts.find((part) => "toolCallId" in part)
async function answered(place: string, as = user) {
  const request = ask(`please erase the note of ${place}`)
  await eventsOf((await send(request, as)).response)
  return { id: request.id, call: callIn((await stored(request.id, as))[1]) }
}
const textIn = async (as: { id: string }, id: string) => {
  const file = await openFile(as.id, id)
  return file && Buffer.from(await new Response(file.body).arrayBuffer()).toString()
}

test("the model gets the beginning, and the full result becomes a user file deleted with the chat", async () => {
  const { id, call } = await answered("Paris")
  expect(call).toMatchObject({ state: "output-available" })
  const { beginning, characters, whole } = cutResult.parse(call && "output" in call ? call.output : null)
  const all = JSON.stringify({ erased: line.repeat(1_000) })
  expect([beginning, characters, whole]).toMatchObject([
    all.slice(0, 1_000),
    all.length,
    { name: "erase_note.json", size: all.length },
  ])
  expect(await textIn(user, whole?.id ?? "")).toBe(all)
  expect(await textIn(await newGuest(), whole?.id ?? "")).toBeNull()
  expect(await storedBytes(user.id)).toBeGreaterThanOrEqual(all.length)
  const { body } = started.server.requests.findLast(({ body }) => JSON.stringify(body).includes('"role":"tool"')) ?? {}
  const { messages } = z.object({ messages: z.array(z.looseObject({ role: z.string() })) }).parse(body)
  const told = messages.find(({ role }) => role === "tool")?.content
  expect(told).toBe(
    `${all.slice(0, 1_000)}\n\n(The first 1000 of ${all.length} characters. The person can download the full result.)`,
  )
  // It stays as long as the chat exists, however old it is, and is deleted with it.
  const later = new Date(Date.now() + 7 * 24 * 60 * 60 * 1_000)
  await sweepFiles(later)
  expect(await textIn(user, whole?.id ?? "")).toBe(all)
  await started.testDb.database.conversation.delete({ where: { id } })
  await sweepFiles(later)
  expect(await openFile(user.id, whole?.id ?? "")).toBeNull()
})

test("a result exceeding the user's storage is reported as too long", async () => {
  const guest = await newGuest()
  const { call } = await answered("Rome", guest)
  expect(call).toMatchObject({ state: "output-error", errorText: expect.stringContaining("the limit is 1,000") })
  expect(await storedBytes(guest.id)).toBe(0)
})

test("the full result of an MCP server is stored only when it was truncated", async () => {
  const { id } = await answered("Oslo")
  const keeping = {
    userId: user.id,
    conversationId: id,
    mostBytes: null,
    keepWhole: createFullResultStore({ userId: user.id, conversationId: id }),
  }
  const long = line.repeat(5_000)
  const texts = await outputOf({ name: "s" }, "read/all", { content: [{ type: "text", text: long }] }, keeping)
  expect(texts.whole?.name).toBe("read_all.txt")
  expect(await textIn(user, texts.whole?.id ?? "")).toBe(long)
  const structuredContent = { rows: Array.from({ length: 20_000 }, (_, n) => `row ${n}`) }
  const data = await outputOf({ name: "s" }, "t", { content: [], structuredContent }, keeping)
  expect(data.structured).toBeUndefined()
  expect(JSON.parse((await textIn(user, data.whole?.id ?? "")) ?? "")).toEqual({ content: [], structuredContent })
  const short = await outputOf({ name: "s" }, "t", { content: [{ type: "text", text: "Hi" }] }, keeping)
  expect(short).not.toHaveProperty("whole")
})
