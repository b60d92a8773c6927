/** One connection to an MCP server, with one call at a time: so it is known whose call asks and tells. */
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { askPerson } from "@/lib/mcp/asks"
import { fetchFor } from "@/lib/mcp/fetches"
import type { Server } from "@/lib/mcp/servers"
import { signInFor } from "@/lib/mcp/sign-in"
import type { CallNews } from "@/lib/messages/call-news"

/** Milliseconds until a server has said who it is. */
export const CONNECT_MS = 10_000

/** The call that has the connection. */
export interface CallInProgress {
  toolCallId: string
  signal: AbortSignal
  say: (news: CallNews) => void
  /** The person is asked from now on, or no more. */
  waits: (waiting: boolean) => void
}

export interface Connection {
  server: Server
  client: Client
  call: CallInProgress | null
  /** It served a call before. */
  used: boolean
  /** The stream of a request has ended: what it has not brought by then doesn't come. */
  onStreamEnd: () => void
  /** The server's list of tools has changed. */
  onListChanged: () => void
  close(): void
}

type Send = StreamableHTTPClientTransport["send"]

/** Tells when the stream of a request is over, with the server or its connection: the client goes on waiting then. */
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

/** Connects, in the protocol's version that the server has. Rejects with what went wrong, also when it takes too long. */
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
    // The person decides what is allowed, and not in the midst of a call.
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
  // What is wrong with a call is told to who waits for it; what is left is noise of streams that end.
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

/** Tells the server that it may forget the session; who doesn't answer is left. */
async function endSession(client: Client, transport: StreamableHTTPClientTransport): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, 1_000).unref())
  await Promise.race([transport.terminateSession().catch(() => undefined), late])
  await client.close().catch(() => undefined)
}
