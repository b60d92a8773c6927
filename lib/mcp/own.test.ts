/** Users' own servers: only their owner has access, and their secrets are never returned. */
import { writeFileSync } from "node:fs"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { toolsFor } from "@/lib/ai/tools"
import { config } from "@/lib/config"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { moveMcpServers } from "@/lib/db/tools/mcp-servers"
import { type Everything, startEverything } from "@/lib/mcp/everything.fixture"
import { forgetFile } from "@/lib/mcp/file"
import { listOperatorServers } from "@/lib/mcp/operators"
import { addServer, changeServer, mcpServers, removeServer, serverState } from "@/lib/mcp/own"
import { closeAllConnections } from "@/lib/mcp/pool"
import { serversOf } from "@/lib/mcp/servers"
import { startMcp } from "@/lib/mcp/source"
import { changeSettings } from "@/lib/operator/settings"

const SECRET = "Bearer s3cret-0815-of-a-person"
let testDb: TestDatabase
let everything: Everything
beforeAll(async () => {
  process.env.MCP_ALLOWED_HOSTS = "127.0.0.1"
  testDb = await withTestDb()
  everything = await startEverything()
})
afterAll(async () => {
  closeAllConnections()
  await everything.kill()
  await testDb.close()
})

async function person(): Promise<string> {
  const id = uuidv7()
  await testDb.database.user.create({ data: { id, guest: true } })
  return id
}
const added = (userId: string, name = "mine", url = everything.url) =>
  addServer(userId, { name, url, headers: [{ name: "Authorization", value: SECRET }] })

test("secrets are encrypted in the database, sent to the server, and never revealed", async () => {
  const userId = await person()
  const log = vi.spyOn(console, "info").mockImplementation(() => {})
  const { id } = await added(userId)
  const row = await testDb.database.mcpServer.findUniqueOrThrow({ where: { id } })
  expect(JSON.stringify(row)).not.toContain("s3cret")
  const [server] = await serversOf(userId)
  expect(server?.headers).toEqual({ Authorization: SECRET })
  const state = await serverState(userId, id, "en")
  expect(state.state).toBe("connected")
  expect(JSON.stringify([await mcpServers(userId), state, log.mock.calls])).not.toContain("s3cret")
  expect((await mcpServers(userId)).servers[0]).toMatchObject({ name: "mine", headers: ["Authorization"] })
})

test("headers sent without a value keep their stored one, but not when the host changes", async () => {
  const userId = await person()
  const { id } = await added(userId)
  const kept = { headers: [{ name: "Authorization", value: null }] }
  await changeServer(userId, id, { name: "renamed", ...kept })
  expect((await serversOf(userId))[0]?.headers).toEqual({ Authorization: SECRET })
  await changeServer(userId, id, { url: "https://elsewhere.example/mcp", ...kept })
  expect((await serversOf(userId))[0]?.headers).toEqual({})
})

test("other users can't see, query, change, or remove a server", async () => {
  const [owner, other] = [await person(), await person()]
  const { id } = await added(owner)
  expect((await mcpServers(other)).servers).toEqual([])
  await expect(serverState(other, id, "en")).rejects.toMatchObject({ code: "mcp:not_found" })
  await expect(changeServer(other, id, { enabled: false })).rejects.toMatchObject({ code: "mcp:not_found" })
  await expect(removeServer(other, id)).rejects.toMatchObject({ code: "mcp:not_found" })
  await removeServer(owner, id)
  expect((await mcpServers(owner)).servers).toEqual([])
})

test("addresses must be https or on the operator's list; private ones are rejected when contacted", async () => {
  const userId = await person()
  for (const url of ["http://example.com/mcp", "https://u:p@example.com/mcp", "file:///etc/passwd", "mcp"])
    await expect(added(userId, url, url)).rejects.toMatchObject({ code: "mcp:address" })
  const { id } = await added(userId, "inside", "https://10.0.0.1/mcp")
  expect(await serverState(userId, id, "en")).toMatchObject({
    state: "failed",
    problem: expect.stringContaining("inside"),
  })
})

test("names are unique, and servers can't be added when the operator disallows them", async () => {
  const userId = await person()
  await added(userId)
  await expect(added(userId)).rejects.toMatchObject({ code: "mcp:name_taken" })
  await changeSettings({ mcpServers: false })
  await expect(added(userId, "another")).rejects.toMatchObject({ code: "mcp:not_allowed" })
  expect(await serversOf(userId)).toEqual([])
  await changeSettings({ mcpServers: null })
})

test("a guest's servers move to the account; a duplicate name gets a number", async () => {
  const [guest, account] = [await person(), await person()]
  await added(account)
  await added(guest)
  await testDb.database.$transaction((client) => moveMcpServers(client, guest, account))
  expect((await serversOf(account)).map(({ name, slug }) => [name, slug])).toEqual([
    ["mine", "mine"],
    ["mine 2", "mine_2"],
  ])
})

test("a tool switched off by the operator is listed for administrators only", async () => {
  const userId = await person()
  writeFileSync(
    config().mcpFile,
    JSON.stringify({ mcpServers: { docs: { url: everything.url }, gone: { url: "http://127.0.0.1:1/mcp" } } }),
  )
  forgetFile()
  vi.spyOn(console, "info").mockImplementation(() => {})
  const namesSeen = async () => {
    const state = await serverState(userId, "operator:docs", "en")
    return state.state === "connected" ? state.tools.map(({ name }) => name) : []
  }
  const all = await namesSeen()
  expect(all).toContain("docs__echo")
  await changeSettings({ blockedTools: ["docs__echo"] })
  expect(await namesSeen()).toEqual(all.filter((name) => name !== "docs__echo"))
  const [docs, gone] = await listOperatorServers(userId)
  expect(docs?.tools?.map(({ name }) => name)).toEqual(all)
  expect(gone).toEqual({ name: "gone", tools: null })
  startMcp()
  const { tools, told } = await toolsFor({ userId, conversationId: uuidv7(), blocked: ["docs__echo"], settings: {} })
  expect(told).not.toContain("docs__echo")
  expect(told).toContain("docs__get-sum")
  // A call that was confirmed earlier ends up here.
  const options = { toolCallId: "c", messages: [], context: undefined }
  expect(() => tools.docs__echo?.execute?.({ message: "Roses" }, options)).toThrow("is turned off")
})
