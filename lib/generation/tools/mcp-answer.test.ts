/** An answer that calls tools of an MCP server, from the question to what is stored. */
import { writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { config } from "@/lib/config"
import { ask, send, setUp, stored } from "@/lib/generation/generation.fixture"
import { type Everything, startEverything } from "@/lib/mcp/everything.fixture"
import { closeAllConnections } from "@/lib/mcp/pool"
import { startMcp } from "@/lib/mcp/source"

setUp()
let everything: Everything
beforeAll(async () => {
  everything = await startEverything()
  const mcpServers = { everything: { url: everything.url, ask: "never" }, away: { url: "http://127.0.0.1:9/mcp" } }
  writeFileSync(config().mcpFile, JSON.stringify({ mcpServers }))
  startMcp()
})
afterAll(async () => {
  closeAllConnections()
  await everything.kill()
})

test("the result is stored, what was said meanwhile isn't, and who was away is named", async () => {
  const request = ask("Use the everything trigger long running operation tool with duration 1 and steps 2")
  const { response } = await send(request)
  const streamed = await response?.text()
  const answer = (await stored(request.id)).at(-1)
  const types = answer?.parts.map(({ type }) => type) ?? []
  expect(types).toContain("tool-everything__trigger-long-running-operation")
  expect(types).toContain("data-away")
  expect(types).not.toContain("data-call")
  expect(streamed).toContain('"type":"data-call"')
  const call = answer?.parts.find((part) => "toolCallId" in part)
  expect(call).toMatchObject({ state: "output-available", output: { server: "everything" } })
}, 60_000)
