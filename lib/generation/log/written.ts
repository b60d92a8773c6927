/** The content so far of an answer that runs in another process, or ran in one that is gone. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { uiMessageChunkSchema } from "ai"
import { eventLog } from "@/lib/bus/here"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { chunkRows } from "@/lib/db/generations"
import { partsIn } from "@/lib/generation/log/chunks"
import { logFault } from "@/lib/log"
import type { MessageParts } from "@/lib/messages/parts"

/** Milliseconds that reading may hold the event loop before it yields. */
const LONGEST_TURN_MS = 8

/**
 * The parts built from the log, or from the checkpoints if those go further: up to the first gap or the first event
 * this version can't read. Null when nothing is written.
 */
export async function loggedParts(generationId: string): Promise<MessageParts | null> {
  const [live, stored] = await Promise.all([liveEvents(generationId), storedEvents(generationId)])
  const { events } = stored.count > live.count ? stored : live
  if (events.length === 0) return null
  const schema = uiMessageChunkSchema()
  const builder = new MessageBuilder()
  let turnBegan = performance.now()
  for (const event of events) {
    const parsed = await schema.validate?.(event)
    if (!parsed?.success) break
    builder.take(parsed.value)
    if (performance.now() - turnBegan > LONGEST_TURN_MS) {
      await nextTurn()
      turnBegan = performance.now()
    }
  }
  return partsIn(builder)
}

interface Written {
  events: unknown[]
  /** Number of log events they represent, since checkpoints join events. */
  count: number
}

async function liveEvents(generationId: string): Promise<Written> {
  const read = await eventLog()
    .read(generationId, -1)
    .catch((error: unknown) => {
      logFault(`log of generation ${generationId}`, error)
      return null
    })
  const events = (read ?? []).map(({ json }): unknown => JSON.parse(json))
  return { events, count: events.length }
}

async function storedEvents(generationId: string): Promise<Written> {
  const events: unknown[] = []
  let next = 0
  for (const row of await chunkRows(generationId)) {
    if (row.seq !== next || !Array.isArray(row.events)) break
    next = row.lastSeq + 1
    for (const event of row.events) events.push(event)
  }
  return { events, count: next }
}
