/** Reads an answer's stream event by event, with event numbers. */
import type { UIMessageChunk } from "ai"

export interface NumberedChunk {
  seq: number
  json: string
}

/** The content of a stream: `done` if it ended with `[DONE]`, otherwise its connection broke. */
export interface Reading {
  events: NumberedChunk[]
  done: boolean
}

/** Reads a stream to its end, or up to `most` events. Never throws: a broken connection is an end, too. */
export async function readStream(response: Response, most = Number.POSITIVE_INFINITY): Promise<Reading> {
  const events: NumberedChunk[] = []
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ""
  try {
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n")
      rest = blocks.pop() ?? ""
      for (const block of blocks) {
        if (block === "data: [DONE]") return { events, done: true }
        const [, seq, json] = /^id: (\d+)\ndata: (.*)$/s.exec(block) ?? []
        if (json !== undefined) events.push({ seq: Number(seq), json })
      }
      if (events.length < most) continue
      await reader.cancel()
      break
    }
  } catch {
    // The connection broke: keeps what has arrived.
  }
  return { events, done: false }
}

/** The text in these events. */
export const textOf = (events: NumberedChunk[]): string =>
  events
    .map(({ json }): UIMessageChunk => JSON.parse(json))
    .map((chunk) => (chunk.type === "text-delta" ? chunk.delta : ""))
    .join("")
