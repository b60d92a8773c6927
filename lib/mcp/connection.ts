/**
 * A connection to an MCP server, with one call at a time: this way, requests and notifications from the server can be
 * attributed to a call.
 */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { askPerson } from "@/lib/mcp/asks"
import { fetchFor } from "@/lib/mcp/fetches"
import type { Server } from "@/lib/mcp/servers"
import { signInFor } from "@/lib/mcp/sign-in"
import type { CallNews } from "@/lib/messages/call-news"

/** Timeout in milliseconds for the server's initialization response. */
export const CONNECT_MS = 10_000

/** The call that is using the connection. */
export interface CallInProgress {
  toolCallId: string
  signal: AbortSignal
  say: (news: CallNews) => void
  /** Whether the call is waiting for the user. */
  waits: (waiting: boolean) => void
}

export interface Connection {
  server: Server
  client: Client
  call: CallInProgress | null
  /** It has served a call before. */
  used: boolean
  /** A request's stream has ended: anything it hasn't delivered by then won't arrive. */
  onStreamEnd: () => void
  /** The server's list of tools has changed. */
  onListChanged: () => void
  close(): void
}

type Send = StreamableHTTPClientTransport["send"]

/**
 * Reports when a request's stream ends because the server or its connection is gone: the client itself would keep
 * waiting.
 */
class TellingTransport extends StreamableHTTPClientTransport {
  onStreamEnd = () => {}

  override send(message: Parameters<Send>[0], options?: Parameters<Send>[1]): ReturnType<Send> {
    const onRequestStreamEnd = () => {
      options?.onRequestStreamEnd?.()
      this.onStreamEnd()
    }
    return super.send(message, { ...options, onRequestStreamEnd })
  }
}

/** Connects using the server's protocol version. Rejects with the error, also on a timeout. */
export async function connect(server: Server, signal?: AbortSignal): Promise<Connection> {
  const client = new Client(
    { name: "Sparkler", version: "1" },
    {
      capabilities: { elicitation: { form: {} } },
      versionNegotiation: { mode: "auto", probe: { timeoutMs: CONNECT_MS } },
      listMaxPages: 20,
      listChanged: { tools: { autoRefresh: false, debounceMs: 100, onChanged: () => connection.onListChanged() } },
    },
  )
  const transport = new TellingTransport(new URL(server.url), {
    fetch: fetchFor(server),
    requestInit: { headers: server.headers },
    ...(server.row && { authProvider: signInFor(server.row) }),
    // The user decides what to allow, and not in the middle of a call.
    onInsufficientScope: "throw",
    reconnectionOptions: {
      ...{ initialReconnectionDelay: 300, maxReconnectionDelay: 3_000 },
      ...{ reconnectionDelayGrowFactor: 2, maxRetries: 3 },
    },
  })
  const connection: Connection = {
    ...{ server, client, call: null, used: false, onListChanged: () => {}, onStreamEnd: () => {} },
    close: () => void endSession(client, transport),
  }
  transport.onStreamEnd = () => connection.onStreamEnd()
  // Errors of a call are reported to its caller; the rest is noise from streams that end.
  client.onerror = () => {}
  client.setRequestHandler("elicitation/create", async ({ params }) =>
    askPerson(connection.call, server, params as Parameters<typeof askPerson>[2]),
  )
  try {
    await client.connect(transport, { timeout: CONNECT_MS, signal })
  } catch (error) {
    void client.close().catch(() => undefined)
    throw error
  }
  return connection
}

/** Tells the server to drop the session; a missing response is ignored. */
async function endSession(client: Client, transport: StreamableHTTPClientTransport): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, 1_000).unref())
  await Promise.race([transport.terminateSession().catch(() => undefined), late])
  await client.close().catch(() => undefined)
}
