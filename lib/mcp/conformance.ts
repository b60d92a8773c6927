/**
 * The client for the protocol's conformance suite: calls every tool of the suite's server, signing in first if
 * required: `npm run mcp:conformance`.
 */
import { v7 as uuidv7 } from "uuid"
import { ToolError } from "@/lib/ai/tools/define"
import { config } from "@/lib/config"
import { withTestDb } from "@/lib/db/testing"
import { addMcpServer } from "@/lib/db/tools/mcp-servers"
import { answerAsk } from "@/lib/mcp/asks"
import { callTool } from "@/lib/mcp/call"
import { follow } from "@/lib/mcp/follow.fixture"
import { evictServer, listTools } from "@/lib/mcp/listing"

import { closeAllConnections } from "@/lib/mcp/pool"
import { requiresSignIn } from "@/lib/mcp/problems"
import { type Server, serversOf } from "@/lib/mcp/servers"
import { beginSignIn, endSignIn } from "@/lib/mcp/sign-in"
import type { CallForm } from "@/lib/messages/call-news"

const url = process.argv.at(-1) ?? ""
process.env.MCP_ALLOWED_HOSTS = "localhost,127.0.0.1"
// The client metadata URL that the suite expects.
process.env.APP_URL = "https://conformance-test.local"
const testDb = await withTestDb()
const userId = uuidv7()
await testDb.database.user.create({ data: { id: userId, guest: true } })
const id = uuidv7()
await addMcpServer({ id, userId, name: "conformance", url, sealed: null })

async function server(): Promise<Server> {
  const [found] = await serversOf(userId)
  if (!found) throw new Error("no server")
  return found
}

/** Numbers where the schema requires numbers. */
const inputOf = (properties: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.keys(properties).map((name, place) => [name, place + 1]))

const accept = ({ id: form, fields }: CallForm) =>
  answerAsk(userId, form, {
    action: "accept",
    content: Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  })

/** Simulates the user in their browser. */
async function signIn(): Promise<void> {
  const back = await follow(await beginSignIn(userId, id), `${config().address}/api/mcp/callback`)
  evictServer(await endSignIn(userId, back.searchParams))
}

/** How often a user would sign in again before giving up. */
const MAX_TRIES = 3

async function signedIn<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await work()
    } catch (error) {
      const cause = error instanceof ToolError ? error.cause : error
      if (!requiresSignIn(cause) || tries === MAX_TRIES) throw error
      await signIn()
    }
}

const { tools } = await signedIn(async () => listTools(await server()))
for (const tool of tools)
  await signedIn(async () =>
    callTool(await server(), tool, inputOf(tool.inputSchema.properties), {
      ...{ signal: new AbortController().signal, toolCallId: "call" },
      say: ({ ask }) => {
        if (ask) void accept(ask)
      },
    }),
  )
closeAllConnections()
await testDb.close()
