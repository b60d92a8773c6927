/** One request of a tool to a service from the settings: bounded, and every failure becomes a sentence. */
import { setTimeout as wait } from "node:timers/promises"
import type { z } from "zod"
import { ToolError } from "@/lib/ai/tools/define"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { sentence } from "@/lib/i18n/sentences"
import { isTooMuch } from "@/lib/json-shape"

const TIMEOUT_MS = 15_000
const MAX_BYTES = 2_000_000
const BUSY = new Set([429, 500, 502, 503, 504])
const RETRY_AFTER_MS = 500

export interface ServiceQuestion<T> {
  /** Display name: “Wikipedia”. */
  service: string
  url: string
  /** Sent as JSON with POST; omitted: GET. */
  body?: unknown
  headers?: Record<string, string>
  schema: z.ZodType<T>
  signal?: AbortSignal
}

/**
 * Retries once if the service was only busy. Redirects are refused. Throws `ToolError`, or the signal's reason if
 * `signal` aborts it.
 */
export async function askService<T>(question: ServiceQuestion<T>): Promise<T> {
  const { service, schema, signal } = question
  let { ok, status, body } = await send(question)
  if (BUSY.has(status)) {
    await wait(RETRY_AFTER_MS, undefined, { signal })
    ;({ ok, status, body } = await send(question))
  }
  if (status === 401 || status === 403) throw new ToolError(sentence("service:key", { service, status: `${status}` }))
  if (status === 429) throw new ToolError(sentence("service:limit", { service }))
  if (!ok) throw new ToolError(sentence("service:refused", { service, status: `${status}` }))
  const parsed = schema.safeParse(parseJson(body))
  if (!parsed.success) throw new ToolError(sentence("service:unreadable", { service }), { cause: parsed.error })
  return parsed.data
}

async function send({ service, url, body, headers, signal }: ServiceQuestion<unknown>) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const json = body === undefined ? undefined : JSON.stringify(body)
  try {
    const response = await nodeFetch(url, {
      method: json === undefined ? "GET" : "POST",
      body: json,
      headers: {
        accept: "application/json",
        // Wikimedia asks clients to identify themselves.
        "user-agent": "Sparkler/0.1 (self-hosted chat application)",
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { ok: response.ok, status: response.status, body: await readLimited(response, service) }
  } catch (cause) {
    if (signal?.aborted || cause instanceof ToolError) throw cause
    throw new ToolError(
      timeout.aborted ? sentence("service:late", { service }) : sentence("service:unreachable", { service }),
      { cause },
    )
  }
}

async function readLimited(response: Response, service: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  let size = 0
  for await (const bytes of response.body ?? []) {
    size += bytes.byteLength
    if (size > MAX_BYTES) throw new ToolError(sentence("service:too_large", { service }))
    text += decoder.decode(bytes, { stream: true })
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    return isTooMuch(text, MAX_VALUES) ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const MAX_VALUES = 50_000
