/** Signing in to a user's own server, with a real issuer. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { config } from "@/lib/config"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { callTool } from "@/lib/mcp/call"
import { follow } from "@/lib/mcp/follow.fixture"
import { type Guarded, startGuarded } from "@/lib/mcp/guarded.fixture"
import { evictServer, listTools } from "@/lib/mcp/listing"
import { addServer, mcpServers, serverState } from "@/lib/mcp/own"
import { closeAllConnections } from "@/lib/mcp/pool"
import { openSecrets } from "@/lib/mcp/secrets"
import { serversOf } from "@/lib/mcp/servers"
import { beginSignIn, endSignIn } from "@/lib/mcp/sign-in"

let testDb: TestDatabase
let guarded: Guarded
beforeAll(async () => {
  guarded = await startGuarded()
  // Only these two ports of this machine are allowed.
  process.env.MCP_ALLOWED_HOSTS = [guarded.url, guarded.issuer].map((url) => new URL(url).host).join(",")
  testDb = await withTestDb()
})
afterAll(async () => {
  closeAllConnections()
  await guarded.close()
  await testDb.close()
})
beforeEach(() =>
  Object.assign(guarded, { metadataAt: null, callScope: null, issuers: [guarded.issuer], person: "signs in" }),
)

const callback = () => `${config().address}/api/mcp/callback`

async function added(): Promise<{ userId: string; id: string }> {
  const userId = uuidv7()
  await testDb.database.user.create({ data: { id: userId, guest: true } })
  const { id } = await addServer(userId, { name: "guarded", url: guarded.url })
  return { userId, id }
}

async function signedIn() {
  const { userId, id } = await added()
  const back = await follow(await beginSignIn(userId, id), callback())
  evictServer(await endSignIn(userId, back.searchParams))
  return { userId, id, back }
}

async function serverOf(userId: string) {
  const [server] = await serversOf(userId)
  if (!server) throw new Error("no server")
  return server
}

const WANTS = { state: "failed", signIn: true, problem: expect.stringContaining("requires you to sign in") }

test("without signing in the user is told so; after signing in, tools can be called, and tokens are never exposed", async () => {
  const { userId, id } = await added()
  expect(await serverState(userId, id, "en")).toMatchObject(WANTS)
  const begin = await beginSignIn(userId, id)
  expect(begin.origin).toBe(guarded.issuer)
  expect(Object.fromEntries(begin.searchParams)).toMatchObject({
    ...{ response_type: "code", code_challenge_method: "S256", redirect_uri: callback(), resource: guarded.url },
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^.{40,}$/),
  })
  const back = await follow(begin, callback())
  evictServer(await endSignIn(userId, back.searchParams))
  const state = await serverState(userId, id, "en")
  expect(state).toMatchObject({ state: "connected" })
  const server = await serverOf(userId)
  const { tools } = await listTools(server)
  const echo = tools.find(({ name }) => name === "echo")
  const calling = { toolCallId: "c", signal: new AbortController().signal }
  const result = echo && (await callTool(server, echo, { message: "Roses" }, calling))
  expect(JSON.stringify(result)).toContain("Roses")
  const { sealed } = await testDb.database.mcpServer.findUniqueOrThrow({ where: { id } })
  expect(sealed).not.toContain("access_token")
  const told = await mcpServers(userId)
  expect(told.servers[0]).toMatchObject({ signedIn: true })
  const { tokens } = openSecrets(sealed)
  for (const secret of [tokens?.access_token, tokens?.refresh_token]) {
    expect(secret).toEqual(expect.any(String))
    expect(JSON.stringify([told, state])).not.toContain(secret)
  }
})

test.each([
  ["another state", (asked: URLSearchParams) => asked.set("state", `${asked.get("state")}x`)],
  ["no state", (asked: URLSearchParams) => asked.delete("state")],
  ["the state of nobody", (asked: URLSearchParams) => asked.set("state", `${uuidv7()}.x`)],
])("%s is rejected, and the issuer is not contacted", async (_, change) => {
  const { userId, id } = await added()
  const back = await follow(await beginSignIn(userId, id), callback())
  change(back.searchParams)
  const before = guarded.asked.length
  await expect(endSignIn(userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:not_found" })
  expect(guarded.asked.slice(before)).toEqual([])
  expect(await serverState(userId, id, "en")).toMatchObject(WANTS)
})

test("another user can't complete the sign-in, and a state works once", async () => {
  const { userId, id } = await added()
  const other = await added()
  const back = await follow(await beginSignIn(userId, id), callback())
  await expect(endSignIn(other.userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:not_found" })
  await endSignIn(userId, back.searchParams)
  await expect(endSignIn(userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:not_found" })
})

test("a forged code has no effect", async () => {
  const { userId, id } = await added()
  const back = await follow(await beginSignIn(userId, id), callback())
  back.searchParams.set("code", "made-up")
  await expect(endSignIn(userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:no_sign_in" })
  expect(await serverState(userId, id, "en")).toMatchObject({
    ...WANTS,
    problem: expect.stringContaining("didn't work"),
  })
})

test("a response from another issuer is rejected: it must come from the one that was asked", async () => {
  const { userId, id } = await added()
  const back = await follow(await beginSignIn(userId, id), callback())
  expect(back.searchParams.get("iss")).toBe(guarded.issuer)
  back.searchParams.set("iss", "https://other.example")
  await expect(endSignIn(userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:no_sign_in" })
})

test("a user who denies access at the issuer is told so, and can try again", async () => {
  const { userId, id } = await added()
  guarded.person = "refuses"
  const back = await follow(await beginSignIn(userId, id), callback())
  expect(back.searchParams.get("error")).toBe("access_denied")
  await expect(endSignIn(userId, back.searchParams)).rejects.toMatchObject({ code: "mcp:no_sign_in" })
  expect(await serverState(userId, id, "en")).toMatchObject({
    ...WANTS,
    problem: "You didn't allow access to “guarded”. Sign in again to use its tools.",
  })
  guarded.person = "signs in"
  await endSignIn(userId, (await follow(await beginSignIn(userId, id), callback())).searchParams)
  expect(await serverState(userId, id, "en")).toMatchObject({ state: "connected" })
})

test("an expired token is refreshed without the user; once that fails, they are asked to sign in", async () => {
  const { userId, id } = await signedIn()
  expect(await serverState(userId, id, "en")).toMatchObject({ state: "connected" })
  await guarded.expire()
  const before = guarded.asked.length
  expect(await serverState(userId, id, "en")).toMatchObject({ state: "connected" })
  expect(guarded.asked.slice(before)).toContain("POST /token")
  expect(guarded.asked.slice(before).join()).not.toContain("/auth")
  await guarded.expire("refresh")
  expect(await serverState(userId, id, "en")).toMatchObject(WANTS)
})

test("a token that expires during a call is refreshed, too", async () => {
  const { userId } = await signedIn()
  const server = await serverOf(userId)
  const { tools } = await listTools(server)
  const echo = tools.find(({ name }) => name === "echo")
  await guarded.expire()
  const calling = { toolCallId: "c", signal: new AbortController().signal }
  const result = echo && (await callTool(await serverOf(userId), echo, { message: "Roses" }, calling))
  expect(JSON.stringify(result)).toContain("Roses")
})

test("a call lacking a scope says so; the next sign-in requests that scope, too, and keeps those granted", async () => {
  const { userId, id } = await signedIn()
  guarded.callScope = "mcp:call"
  const call = async () => {
    const server = await serverOf(userId)
    const echo = (await listTools(server)).tools.find(({ name }) => name === "echo")
    const calling = { toolCallId: "c", signal: new AbortController().signal }
    return echo && callTool(server, echo, { message: "Roses" }, calling)
  }
  const before = guarded.asked.length
  await expect(call()).rejects.toMatchObject({ sentence: { key: "mcp:scope" } })
  // No sign-in is started in the middle of a call.
  expect(guarded.asked.slice(before)).toEqual([])
  expect(await serverState(userId, id, "en")).toMatchObject({
    state: "connected",
    wants: expect.stringContaining("mcp:call"),
  })
  const begin = await beginSignIn(userId, id)
  expect(begin.searchParams.get("scope")?.split(" ")).toEqual(expect.arrayContaining(["mcp", "mcp:call"]))
  evictServer(await endSignIn(userId, (await follow(begin, callback())).searchParams))
  expect(JSON.stringify(await call())).toContain("Roses")
  expect(await serverState(userId, id, "en")).not.toHaveProperty("wants")
})

test("a server with metadata at a custom URL can be signed in to", async () => {
  guarded.metadataAt = new URL("/of-its-own", guarded.url).href
  const { userId, id } = await signedIn()
  expect(await serverState(userId, id, "en")).toMatchObject({ state: "connected" })
  await guarded.expire()
  expect(await serverState(userId, id, "en")).toMatchObject({ state: "connected" })
})

/** A neighboring server that must never be requested. */
const near = { port: 0, came: 0, server: createServer() }
beforeAll(async () => {
  near.server.on("connection", (socket) => {
    near.came++
    socket.destroy()
  })
  await new Promise<void>((resolve) => near.server.listen(0, "127.0.0.1", resolve))
  near.port = (near.server.address() as AddressInfo).port
})
afterAll(() => void near.server.close())

/** Locations to which a server's metadata may point, and which aren't allowed. */
const PRIVATE = [
  ...["http://127.0.0.1:{port}/x", "https://127.0.0.1:{port}/x", "https://localhost:{port}/x", "https://[::1]/x"],
  ...["http://169.254.169.254/latest/meta-data", "https://10.0.0.1/x", "https://2130706433/x", "file:///etc/passwd"],
]
const placed = (address: string) => address.replace("{port}", String(near.port))

test.each(PRIVATE)("metadata that leads to %s is not followed", async (address) => {
  const { userId, id } = await added()
  guarded.metadataAt = placed(address)
  await expect(beginSignIn(userId, id)).rejects.toMatchObject({ code: "mcp:no_sign_in" })
  expect(near.came).toBe(0)
})

test.each(PRIVATE)("an issuer at %s is not contacted", async (address) => {
  const { userId, id } = await added()
  guarded.issuers = [placed(address)]
  await expect(beginSignIn(userId, id)).rejects.toMatchObject({ code: "mcp:no_sign_in" })
  expect(near.came).toBe(0)
})
