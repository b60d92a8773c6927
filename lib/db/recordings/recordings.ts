/** Recordings of answers, while they are kept. */
import { db } from "@/lib/db/client"
import type { Recording } from "@/lib/db/generated/sqlite/client"

/** Stores a recording and removes all but the user's newest `most`. Does nothing if its generation is gone. */
export async function addRecording(
  { generationId, userId, data }: Omit<Recording, "createdAt">,
  most: number,
): Promise<void> {
  await db().$transaction(async (client) => {
    const generation = await client.generation.findUnique({ where: { id: generationId }, select: { id: true } })
    if (!generation) return
    await client.recording.create({ data: { generationId, userId, data } })
    const order = [{ createdAt: "desc" as const }, { generationId: "desc" as const }]
    const old = await client.recording.findMany({
      ...{ where: { userId }, orderBy: order, skip: most, select: { generationId: true } },
    })
    if (old.length > 0)
      await client.recording.deleteMany({ where: { generationId: { in: old.map((one) => one.generationId) } } })
  })
}

/** Recordings of a message's runs, oldest first. */
export async function recordingsOf(messageId: string): Promise<string[]> {
  const rows = await db().recording.findMany({
    ...{ where: { generation: { messageId } }, orderBy: { generation: { startedAt: "asc" } }, select: { data: true } },
  })
  return rows.map(({ data }) => data)
}

/** Returns how many. */
export async function removeRecordings(before: Date): Promise<number> {
  return (await db().recording.deleteMany({ where: { createdAt: { lt: before } } })).count
}
