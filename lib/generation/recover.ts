/** After a crash: what a dead process was writing becomes a message that ends where its last checkpoint was. */
import { type UIMessageChunk, uiMessageChunkSchema } from "ai"
import { tell } from "@/lib/chat/news/news"
import { abandonedGenerations, chunksOf, claimGeneration } from "@/lib/db/generations"
import { messageById } from "@/lib/db/messages"
import { finishMessage } from "@/lib/db/turns"
import { partsOf } from "@/lib/generation/chunks"
import { runtime } from "@/lib/generation/runtime"
import { inWords, sentence } from "@/lib/i18n/sentences"
import { logFault, logInfo } from "@/lib/log"
import { closeParts, parseParts } from "@/lib/messages/parts"

/**
 * Closes the messages of generations that nobody runs. `earlierProcesses`: at the start of the only process,
 * every open generation is an earlier one's, whatever its lease says. Returns how many were closed.
 */
export async function recoverAbandoned(options: { earlierProcesses?: boolean } = {}): Promise<number> {
  const { nodeId, running } = runtime()
  const found = await abandonedGenerations(options.earlierProcesses ? { allButNode: nodeId } : {})
  let closed = 0
  for (const generation of found) {
    if (running.has(generation.id) || !(await claimGeneration(generation.id, generation.leaseUntil, nodeId))) continue
    try {
      const chunks = await storedChunks(generation.id)
      const written = chunks.length > 0 ? await partsOf(chunks) : await storedParts(generation.messageId)
      const parts = closeParts(written, inWords(sentence("tool:interrupted")))
      await finishMessage(generation, { status: "interrupted", parts })
      void tell(generation.userId, generation.conversationId, {
        messageId: generation.messageId,
        status: "interrupted",
      })
      closed++
    } catch (error) {
      logFault(`recovery of generation ${generation.id}`, error)
    }
  }
  if (closed > 0) logInfo(`${closed} interrupted ${closed === 1 ? "answer" : "answers"} recovered.`)
  return closed
}

/** What an answer held before it was continued. */
const storedParts = async (messageId: string) => parseParts((await messageById(messageId))?.parts)

/** The stored log up to the first gap or the first event that this version can't read. */
async function storedChunks(generationId: string): Promise<UIMessageChunk[]> {
  const schema = uiMessageChunkSchema()
  const chunks: UIMessageChunk[] = []
  let next = 0
  for (const row of await chunksOf(generationId)) {
    if (row.seq !== next || !Array.isArray(row.events)) break
    next = row.lastSeq + 1
    for (const event of row.events) {
      const parsed = await schema.validate?.(event)
      if (!parsed?.success) return chunks
      chunks.push(parsed.value)
    }
  }
  return chunks
}
