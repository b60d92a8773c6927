/**
 * An MCP server on 127.0.0.1 whose responses the test defines: its own description, its tools, forms, and results.
 * Changes of its tools apply to the next request.
 */
import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js"
import {
  CallToolRequestSchema,
  type CallToolResult,
  type ElicitRequestFormParams,
  ListToolsRequestSchema,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js"

export interface McpSpeech {
  /** The name that it reports. */
  name: string
  tools: Tool[]
  /** In sequence in each call. */
  forms: ElicitRequestFormParams[]
  result: CallToolResult
}

export async function startMcpServer(speech: McpSpeech) {
  const sessions = new Map<string, StreamableHTTPServerTransport>()
  const begin = async (): Promise<StreamableHTTPServerTransport> => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
    })
    await serverOf(speech).connect(transport)
    return transport
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const id = String(request.headers["mcp-session-id"] ?? "")
    const transport = sessions.get(id) ?? (await begin())
    await transport.handleRequest(request, response)
  }
  const http = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  const { port } = http.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    close: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

function serverOf(speech: McpSpeech): Server {
  const { name, forms, result } = speech
  const server = new Server({ name, version: "1" }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: speech.tools }))
  server.setRequestHandler(CallToolRequestSchema, async (_, { requestId }) => {
    // On the call's stream.
    for (const form of forms) await server.elicitInput(form, { relatedRequestId: requestId })
    return result
  })
  return server
}
