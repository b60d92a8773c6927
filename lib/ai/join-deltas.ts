/**
 * Joins neighbouring text deltas of a chat-completions event stream before the AI SDK parses them: the SDK's
 * cost is per event, and what waits while it works can travel as one.
 */
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises"
import { z } from "zod"

/** Milliseconds that a turn of the event loop may take before it counts as behind. */
const BEHIND_MS = 10
/** Milliseconds to gather while the event loop is behind. */
const WINDOW_MS = 40
/** Characters that may wait for the reader before the upstream is no longer read. */
const MAX_WAITING = 4_000_000

/** An event that holds nothing but text or thinking of choice 0. Strict: any other key, and it travels alone. */
const plainDelta = z.strictObject({
  id: z.string().optional(),
  object: z.string().optional(),
  created: z.number().optional(),
  model: z.string().optional(),
  choices: z.tuple([
    z.strictObject({
      index: z.literal(0),
      delta: z.strictObject({ content: z.string().optional(), reasoning_content: z.string().optional() }),
      finish_reason: z.null().optional(),
    }),
  ]),
  usage: z.null().optional(),
})
type PlainDelta = z.infer<typeof plainDelta>

/** `fetch` whose event-stream answers come with their deltas joined. */
export function joiningFetch(fetchUpstream: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchUpstream(input, init)
    const type = response.headers.get("content-type") ?? ""
    if (!response.ok || !response.body || !type.includes("text/event-stream")) return response
    const { status, statusText, headers } = response
    return new Response(joinDeltas(response.body), { status, statusText, headers })
  }
}

/** The same events, neighbouring text deltas that wait together joined into one. */
export function joinDeltas(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let waiting = ""
  let end: { error?: unknown } | null = null
  let wake = () => {}
  let room = () => {}

  const read = async () => {
    try {
      for (;;) {
        const { done, value } = await reader.read()
        waiting += done ? decoder.decode() : decoder.decode(value, { stream: true })
        if (done) break
        wake()
        if (waiting.length > MAX_WAITING)
          await new Promise<void>((resolve) => {
            room = resolve
          })
      }
      end = {}
    } catch (error) {
      end = { error }
    }
    wake()
  }

  return new ReadableStream<Uint8Array>(
    {
      start: () => void read(),
      pull: async (controller) => {
        for (;;) {
          if (!waiting && !end)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          if (!end) await gather()
          const cut = end ? waiting.length : endOfEvents(waiting)
          const events = waiting.slice(0, cut)
          waiting = waiting.slice(cut)
          room()
          if (events) controller.enqueue(encoder.encode(joinEvents(events)))
          else if (end) return end.error === undefined ? controller.close() : controller.error(end.error)
          if (events) return
          if (!end)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** Lets the rest of this turn arrive, and more while the process is behind with its work. */
async function gather(): Promise<void> {
  const before = performance.now()
  await nextTurn()
  const turn = performance.now() - before
  if (turn > BEHIND_MS) await wait(WINDOW_MS)
}

/** Index behind the last complete event. */
function endOfEvents(text: string): number {
  const lf = text.lastIndexOf("\n\n")
  const crlf = text.lastIndexOf("\r\n\r\n")
  return Math.max(lf < 0 ? 0 : lf + 2, crlf < 0 ? 0 : crlf + 4)
}

interface Run {
  delta: PlainDelta
  kind: "content" | "reasoning_content"
  text: string
}

/** Joins neighbouring plain deltas of the same kind. Events of any other form pass unchanged. */
export function joinEvents(text: string): string {
  const events = text.split(/\r?\n\r?\n/)
  // What follows the last blank line is no whole event; it passes as it is.
  const rest = events.pop() ?? ""
  if (events.length < 2) return text
  const out: (string | Run)[] = []
  for (const event of events) {
    const run = readPlain(event)
    const last = out.at(-1)
    if (!run) out.push(event)
    else if (typeof last === "object" && last.kind === run.kind && last.delta.id === run.delta.id) last.text += run.text
    else out.push(run)
  }
  return `${out.map((item) => (typeof item === "string" ? item : writePlain(item))).join("\n\n")}\n\n${rest}`
}

function writePlain({ delta, kind, text }: Run): string {
  const [choice] = delta.choices
  return `data: ${JSON.stringify({ ...delta, choices: [{ ...choice, delta: { [kind]: text } }] })}`
}

function readPlain(event: string): Run | null {
  if (!event.startsWith("data: {")) return null
  let json: unknown
  try {
    json = JSON.parse(event.slice(6))
  } catch {
    return null
  }
  const parsed = plainDelta.safeParse(json)
  if (!parsed.success) return null
  const { content, reasoning_content: reasoning } = parsed.data.choices[0].delta
  if (content !== undefined && reasoning === undefined) return { delta: parsed.data, kind: "content", text: content }
  if (reasoning !== undefined && content === undefined)
    return { delta: parsed.data, kind: "reasoning_content", text: reasoning }
  return null
}
