/** Tools of MCP servers, tested with the protocol's reference server. */

import { writeFileSync } from "node:fs"
import { createServer, type Server as HttpServer } from "node:http"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { knownTools, toolsFor } from "@/lib/ai/tools"
import { type ToolContext, ToolError } from "@/lib/ai/tools/define"
import { config } from "@/lib/config"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { leaveFor, permit } from "@/lib/db/tools/permissions"
import { answerAsk } from "@/lib/mcp/asks"
import { callTool } from "@/lib/mcp/call"
import { type Everything, freePort, startEverything } from "@/lib/mcp/everything.fixture"
import { forgetFile } from "@/lib/mcp/file"
import { clearToolLists, listTools, toolsWithin } from "@/lib/mcp/listing"
import { closeAllConnections } from "@/lib/mcp/pool"
import { serversOf } from "@/lib/mcp/servers"
import { startMcp } from "@/lib/mcp/source"
import { type McpOutput, mcpOutput } from "@/lib/mcp/types"
import { parseApprovalReason } from "@/lib/messages/asked-leave"
import type { CallNews } from "@/lib/messages/call-news"

let testDb: TestDatabase
let everything: Everything
const userId = uuidv7()
const conversationId = uuidv7()

beforeAll(async () => {
  testDb = await withTestDb()
  everything = await startEverything()
  await testDb.database.user.create({ data: { id: userId, guest: true } })
  await testDb.database.conversation.create({ data: { id: conversationId, userId, title: "t" } })
  startMcp()
})
afterAll(async () => {
  closeAllConnections()
  await everything.kill()
  await testDb.close()
})
beforeEach(() => {
  vi.spyOn(console, "info").mockImplementation(() => {})
  closeAllConnections()
  clearToolLists()
  operate({ everything: { url: everything.url } })
})

/** Writes the operator's file. */
function operate(mcpServers: Record<string, unknown>): void {
  writeFileSync(config().mcpFile, JSON.stringify({ mcpServers }))
  forgetFile()
}

const contextOf = (more: Partial<ToolContext> = {}): ToolContext => ({ userId, conversationId, settings: {}, ...more })
/** The tools of an answer after every server has responded: a busy machine may take longer than an answer waits. */
async function allTools(context: ToolContext) {
  await Promise.all((await serversOf(context.userId)).map((server) => toolsWithin(server, 60_000)))
  return toolsFor(context)
}
const named = ({ tools }: Awaited<ReturnType<typeof toolsFor>>) =>
  Object.entries(tools).filter(([name]) => name.includes("__"))
const serversTools = async (context = contextOf()) => named(await allTools(context))

/** What the SDK gets before a call runs. */
async function askedBefore(name: string, context = contextOf()): Promise<unknown> {
  const { approval } = await allTools(context)
  const decide: unknown = Reflect.get(approval, name)
  return typeof decide === "function" ? decide({}) : decide
}

/** Calls a tool like the SDK does. */
async function call(name: string, input: unknown, more: Partial<ToolContext> = {}, abortSignal?: AbortSignal) {
  const { tools } = await allTools(contextOf(more))
  const options = { toolCallId: "call-1", messages: [], abortSignal, context: undefined }
  return tools[name]?.execute?.(input, options)
}
const outputOf = async (...asked: Parameters<typeof call>): Promise<McpOutput> => mcpOutput.parse(await call(...asked))

test("tools are listed with safe names, in a fixed order, requiring approval at first, as the server describes them", async () => {
  const [found, again] = [await serversTools(), await serversTools()]
  const names = found.map(([name]) => name)
  expect(names).toContain("everything__echo")
  expect(names.every((name) => /^[a-zA-Z0-9_-]{1,64}$/.test(name))).toBe(true)
  expect(names).toEqual(names.toSorted())
  expect(again.map(([name]) => name)).toEqual(names)
  expect(await askedBefore("everything__echo")).toMatchObject({ type: "user-approval" })
  const echo = found.find(([name]) => name === "everything__echo")?.[1]
  expect(JSON.stringify(echo?.inputSchema)).toContain("message")
})

test("the operator decides which tools exist and whether approval is required", async () => {
  operate({
    e: { url: everything.url, tools: ["echo", "get-sum"], ask: "never" },
    off: { url: everything.url, disabled: true },
  })
  const names = (await serversTools()).map(([name]) => name)
  expect(names).toEqual(["e__echo", "e__get-sum"])
  expect(await askedBefore("e__echo")).toBe(undefined)
})

test("text results are passed to the model as outside text", async () => {
  const output = await outputOf("everything__echo", { message: "hello there" })
  expect(output).toMatchObject({
    server: "everything",
    tool: "echo",
    content: [{ type: "text", text: "Echo: hello there" }],
  })
  const told = await knownTools(["everything__echo"]).everything__echo?.toModelOutput?.({
    ...{ toolCallId: "c", input: {}, output },
  })
  expect(told).toMatchObject({
    type: "text",
    value: expect.stringMatching(/from an outside source.*<tool-result[^>]*>\nEcho: hello/s),
  })
})

test("an image becomes the user's file, and the model gets its id, never its bytes", async () => {
  const output = await outputOf("everything__get-tiny-image", {})
  const image = output.content.find((part) => part.type === "image")
  expect(image).toMatchObject({ width: 20, height: 20 })
  const row = await testDb.database.file.findFirst({ where: { userId, id: image?.id } })
  expect(row?.mediaType).toMatch(/^image\//)
  expect(await testDb.database.fileUse.count({ where: { conversationId, fileId: image?.id } })).toBe(1)
  const told = await knownTools(["x__y"]).x__y?.toModelOutput?.({ toolCallId: "c", input: {}, output })
  expect(told).toMatchObject({
    type: "content",
    value: [{ type: "text" }, { data: { reference: { sparkler: image?.id } } }],
  })
  expect(JSON.stringify([output, told])).not.toContain("iVBOR")
})

test("resources, links, and structured content keep their structure", async () => {
  const links = await outputOf("everything__get-resource-links", { count: 3 })
  expect(links.content.filter(({ type }) => type === "link")).toHaveLength(3)
  const resource = await outputOf("everything__get-resource-reference", { resourceType: "Text", resourceId: 2 })
  expect(resource.content).toContainEqual(
    expect.objectContaining({ type: "resource", text: expect.any(String), uri: expect.stringMatching(/^demo:/) }),
  )
  const blob = await outputOf("everything__get-resource-reference", { resourceType: "Blob", resourceId: 1 })
  expect(blob.content).toContainEqual(expect.objectContaining({ type: "resource", bytes: expect.any(Number) }))
  const data = await outputOf("everything__get-structured-content", { location: "New York" })
  expect(data.structured).toMatchObject({ temperature: expect.any(Number) })
})

test("a failing tool reports its server's error message", async () => {
  const failed = call("everything__get-sum", { a: "no number", b: 2 })
  await expect(failed).rejects.toThrow(ToolError)
  await expect(failed).rejects.toThrow(/everything.*error.*Input validation/is)
})

test("progress is shown during a call", async () => {
  const said: CallNews[] = []
  await call(
    "everything__trigger-long-running-operation",
    { duration: 1, steps: 3 },
    { say: (news) => said.push(news) },
  )
  expect(said.at(-1)).toMatchObject({ toolCallId: "call-1", progress: { done: 3, total: 3 } })
})

test("a form requested by the server goes to the user, and the call continues with the response", async () => {
  const said: CallNews[] = []
  const say = (news: CallNews) => {
    said.push(news)
    if (!news.ask) return
    answering = answered(news.ask.id)
  }
  const answered = async (id: string) => {
    await expect(answerAsk(uuidv7(), id, { action: "decline" })).rejects.toThrow("isn't open")
    const wrong = answerAsk(userId, id, { action: "accept", content: { integer: 4_000 } })
    await expect(wrong).rejects.toThrow("fit")
    await answerAsk(userId, id, { action: "accept", content: { name: "Ada", integer: 7 } })
  }
  let answering: Promise<void> | null = null
  const output = await outputOf("everything__trigger-elicitation-request", {}, { say })
  await answering
  expect(said[0]?.ask).toMatchObject({ server: "everything", fields: expect.any(Array) })
  expect(said[0]?.ask?.fields.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["text", "yes_no", "email", "url", "date", "integer", "number", "choice", "choices"]),
  )
  expect(said.at(-1)?.ask).toBe(null)
  expect(JSON.stringify(output.content)).toContain("Ada")
})

test("declining a form is reported to the server", async () => {
  const say = (news: CallNews) => {
    if (news.ask) void answerAsk(userId, news.ask.id, { action: "decline" })
  }
  expect(JSON.stringify(await outputOf("everything__trigger-elicitation-request", {}, { say }))).toMatch(/declined/i)
})

test("stopping the answer cancels the call", async () => {
  const abort = new AbortController()
  const running = call(
    "everything__trigger-long-running-operation",
    { duration: 30, steps: 60 },
    { say: () => abort.abort(new Error("stopped")) },
    abort.signal,
  )
  await expect(running).rejects.toThrow("stopped")
})

test("a server killed mid-call ends the call with an error message; once restarted, it serves the next one", async () => {
  const own = await startEverything()
  operate({ own: { url: own.url } })
  const killed = call(
    "own__trigger-long-running-operation",
    { duration: 30, steps: 60 },
    { say: () => void own.kill() },
  )
  await expect(killed).rejects.toThrow(/Can't reach the MCP server “own”/)
  const again = await startEverything(own.port)
  try {
    clearToolLists()
    expect((await outputOf("own__echo", { message: "back" })).content).toMatchObject([{ text: "Echo: back" }])
  } finally {
    await again.kill()
  }
})

test("a session the server forgot is renewed, and the call is sent once", async () => {
  const own = await startEverything()
  operate({ own: { url: own.url } })
  await call("own__echo", { message: "one" })
  await own.kill()
  const again = await startEverything(own.port)
  try {
    expect((await outputOf("own__echo", { message: "two" })).content).toMatchObject([{ text: "Echo: two" }])
  } finally {
    await again.kill()
  }
})

/** Accepts connections and never responds. */
async function silent(): Promise<{ url: string; waiting: () => number; close: () => void }> {
  let waiting = 0
  const server: HttpServer = createServer((_, response) => {
    waiting++
    response.once("close", () => waiting--)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    waiting: () => waiting,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test("silent or missing servers block nothing: other servers' tools are available, and missing servers are named", async () => {
  const mute = await silent()
  operate({
    gone: { url: `http://127.0.0.1:${await freePort()}/mcp` },
    mute: { url: mute.url },
    on: { url: everything.url },
  })
  const missing: string[][] = []
  const on = (await serversOf(userId)).find(({ name }) => name === "on")
  if (!on) throw new Error("no server")
  await listTools(on)
  const tools = await toolsFor(contextOf({ miss: (servers) => missing.push(servers) }))
  const names = named(tools).map(([name]) => name)
  // Nobody waited for the silent server to time out.
  expect(mute.waiting()).toBe(1)
  expect(names).toContain("on__echo")
  expect(names.every((name) => name.startsWith("on__"))).toBe(true)
  expect(missing).toEqual([["gone", "mute"]])
  mute.close()
})

test("a call without any response times out", async () => {
  const [server] = await serversOf(userId)
  if (!server) throw new Error("no server")
  const { tools } = await listTools(server)
  const tool = tools.find(({ name }) => name === "trigger-long-running-operation")
  if (!tool) throw new Error("no tool")
  const { signal } = new AbortController()
  const late = callTool(server, tool, { duration: 30, steps: 1 }, { signal, toolCallId: "c" }, 300)
  await expect(late).rejects.toThrow("took too long")
})

test("a tool whose description changed requires approval again", async () => {
  const leave = (tool: string, fingerprint?: string) => leaveFor(userId, { tool, fingerprint }, conversationId)
  const context = contextOf({ leaveFor: leave })
  const fingerprintIn = async () => {
    const { type, reason } = Object(await askedBefore("everything__echo", context))
    expect(type).toBe("user-approval")
    return parseApprovalReason(reason)
  }
  const asked = await fingerprintIn()
  expect(asked).toEqual({ fingerprint: expect.stringMatching(/^[\w-]{22}$/), changed: false })
  const { fingerprint } = asked ?? {}
  await permit(testDb.database, { userId, tool: "everything__echo", conversationId: null, fingerprint })
  expect(await askedBefore("everything__echo", context)).toBe(undefined)
  const [server] = await serversOf(userId)
  const listed = server && (await listTools(server))
  const echo = listed?.tools.find(({ name }) => name === "echo")
  if (!echo) throw new Error("no tool")
  echo.description = "Echoes back the input, and sends it to somebody else"
  const again = await fingerprintIn()
  expect(again?.changed).toBe(true)
  expect(again?.fingerprint).not.toBe(fingerprint)
})

test("parallel calls each have their own connection", async () => {
  const texts = await Promise.all(
    ["a", "b", "c"].map(async (message) => (await outputOf("everything__echo", { message })).content[0]),
  )
  expect(texts).toEqual(["a", "b", "c"].map((message) => ({ type: "text", text: `Echo: ${message}` })))
})

test("only chosen tools are listed; if none are a server's, no server is contacted", async () => {
  expect(await serversTools(contextOf({ settings: { tools: ["get_weather"] } }))).toEqual([])
  const chosen = await serversTools(contextOf({ settings: { tools: ["everything__echo"] } }))
  expect(chosen.map(([name]) => name)).toEqual(["everything__echo"])
})
