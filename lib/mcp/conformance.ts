/** The client that the protocol's conformance suite asks to call every tool of its server: `npm run mcp:conformance`. */
import { answerAsk } from "@/lib/mcp/asks"
import { callTool } from "@/lib/mcp/call"
import { listTools } from "@/lib/mcp/listing"
import { closeAllConnections } from "@/lib/mcp/pool"
import type { Server } from "@/lib/mcp/servers"
import type { CallForm } from "@/lib/messages/call-news"

const url = process.argv.at(-1) ?? ""
const server: Server = {
  ...{ id: "conformance", userId: "conformance", name: "conformance", slug: "conformance", url, headers: {} },
  ...{ own: false, enabled: true, revision: "", only: undefined, unasked: false, row: null },
}

/** Numbers where numbers are asked for. */
const inputOf = (properties: Record<string, unknown> = {}) =>
  Object.fromEntries(Object.keys(properties).map((name, place) => [name, place + 1]))

const accept = ({ id, fields }: CallForm) =>
  answerAsk(server.userId, id, {
    action: "accept",
    content: Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  })

const { tools } = await listTools(server)
for (const tool of tools)
  await callTool(server, tool, inputOf(tool.inputSchema.properties), {
    ...{ signal: new AbortController().signal, toolCallId: "call" },
    say: ({ ask }) => {
      if (ask) void accept(ask)
    },
  })
closeAllConnections()
