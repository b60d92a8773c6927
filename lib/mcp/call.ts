/** A single call of a server's tool. */
import { type CallToolResult, ProtocolError, type Tool } from "@modelcontextprotocol/client"
import { type ToolCall, ToolError } from "@/lib/ai/tools/define"
import { sentence } from "@/lib/i18n/sentences"
import type { Connection } from "@/lib/mcp/connection"
import { withConnection } from "@/lib/mcp/pool"
import { isSafeToResend, problemOf, wordsOf } from "@/lib/mcp/problems"
import { errorTextOf } from "@/lib/mcp/result"
import type { Server } from "@/lib/mcp/servers"

/**
 * Time limits of a call in milliseconds: in total, and without a message from the server (not counting time spent
 * waiting for the user).
 */
export const CALL_MS = 600_000
const SILENT_MS = 60_000
/** Milliseconds between progress updates in the UI. */
const SHOWN_EACH_MS = 250
/** The rest of a stream may still be arriving. */
const STREAM_END_MS = 500

/** The calling context. */
export type CallContext = Pick<ToolCall, "signal" | "say" | "toolCallId">

/**
 * Calls a tool and returns the server's result. A call that can't have reached the server, because the connection was
 * stale, is sent once more. Throws `ToolError`, also for a result marked as an error.
 */
export async function callTool(
  server: Server,
  tool: Tool,
  input: Record<string, unknown>,
  calling: CallContext,
  silentMs = SILENT_MS,
): Promise<CallToolResult> {
  const isFine = (error: unknown) => ProtocolError.isInstance(error) && !isSafeToResend(error)
  for (let again = true; ; again = false) {
    let used = false
    try {
      const result = await withConnection(
        server,
        (connection) => {
          used = connection.used
          return ask(connection, tool, input, calling, silentMs)
        },
        { signal: calling.signal, isFine },
      )
      if (result.isError)
        throw new ToolError({
          ...sentence("mcp:tool_failed", { server: server.name }),
          words: wordsOf(errorTextOf(result)),
        })
      return result
    } catch (error) {
      calling.signal.throwIfAborted()
      if (again && used && isSafeToResend(error)) continue
      if (error instanceof ToolError) throw error
      throw new ToolError(problemOf(error, server.name), { cause: error })
    }
  }
}

function ask(
  connection: Connection,
  { name, inputSchema }: Tool,
  input: Record<string, unknown>,
  { signal, say, toolCallId }: CallContext,
  silentMs: number,
): Promise<CallToolResult> {
  const { client, server } = connection
  const abort = new AbortController()
  const ended = AbortSignal.any([signal, abort.signal])
  const watch = silenceOf(silentMs, () => abort.abort(new ToolError(sentence("mcp:late", { server: server.name }))))
  let shown = 0
  connection.call = { toolCallId, signal: ended, say: (news) => say?.(news), waits: watch.pause }
  const broken = new Promise<never>((_, reject) => {
    ended.addEventListener("abort", () => reject(ended.reason), { once: true })
    connection.onStreamEnd = () => setTimeout(() => reject(new TypeError("fetch failed")), STREAM_END_MS)
  })
  const asked = client.callTool(
    { name, arguments: input },
    {
      // Omits the server's output schema: its patterns are not run here.
      toolDefinition: { name, inputSchema },
      ...{ signal: ended, timeout: CALL_MS, maxTotalTimeout: CALL_MS },
      onprogress: ({ progress, total, message }) => {
        watch.heard()
        const now = Date.now()
        if (now - shown < SHOWN_EACH_MS && progress !== total) return
        shown = now
        say?.({ toolCallId, progress: { done: progress, total, text: message?.slice(0, 500) } })
      },
    },
  )
  for (const one of [asked, broken]) one.catch(() => undefined)
  return Promise.race([asked, broken]).finally(() => {
    watch.end()
    connection.onStreamEnd = () => {}
  })
}

/** Calls `late` when no message arrives for `ms`. */
function silenceOf(ms: number, late: () => void) {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const end = () => clearTimeout(timer)
  const heard = () => {
    end()
    if (!over) timer = setTimeout(late, ms)
  }
  heard()
  return {
    heard,
    pause: (waiting: boolean) => (waiting ? end() : heard()),
    end: () => {
      over = true
      end()
    },
  }
}
