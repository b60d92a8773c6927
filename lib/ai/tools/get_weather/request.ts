import { setTimeout as wait } from "node:timers/promises"
import { z } from "zod"
import { ToolError } from "@/lib/ai/tools/define"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { sentence } from "@/lib/i18n/sentences"

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1_000_000
const RETRYABLE = new Set([429, 500, 502, 503, 504])
const RETRY_AFTER_MS = 500

/**
 * One request to a weather service, retried once if it was only busy. Redirects are not followed. Throws `ToolError`,
 * or the signal's reason if `signal` aborts it.
 */
export async function ask<T>(url: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const first = await send(url, signal)
  if (RETRYABLE.has(first.status)) await wait(RETRY_AFTER_MS, undefined, { signal })
  const { ok, status, body } = RETRYABLE.has(first.status) ? await send(url, signal) : first
  if (!ok) throw new ToolError(sentence("weather:refused", { status: `${status}${reasonOf(body)}` }))
  const parsed = schema.safeParse(parseJson(body))
  if (!parsed.success)
    throw new ToolError(sentence("weather:unreadable"), {
      cause: parsed.error,
    })
  return parsed.data
}

async function send(url: string, signal?: AbortSignal): Promise<{ ok: boolean; status: number; body: string }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await nodeFetch(url, {
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { ok: response.ok, status: response.status, body: await readLimited(response) }
  } catch (cause) {
    if (signal?.aborted || cause instanceof ToolError) throw cause
    throw new ToolError(timeout.aborted ? sentence("weather:late") : sentence("weather:unreachable"), { cause })
  }
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  let size = 0
  for await (const bytes of response.body ?? []) {
    size += bytes.byteLength
    if (size > MAX_BYTES) throw new ToolError(sentence("weather:too_large"))
    text += decoder.decode(bytes, { stream: true })
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Open-Meteo reports errors as `{"error": true, "reason": "…"}`. */
function reasonOf(body: string): string {
  const parsed = z.object({ reason: z.string() }).safeParse(parseJson(body))
  return parsed.success ? `: ${parsed.data.reason.slice(0, 200)}` : ""
}
