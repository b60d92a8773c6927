/** The end of an answer that the database doesn't store right away. */
import { expect, test, vi } from "vitest"
import { ask, eventsOf, send, setUp, started, stored, textOf } from "@/lib/generation/generation.fixture"

setUp()

const TEXT = Array.from({ length: 200 }, (_, index) => `w${index}`).join(" ")

test("an answer that temporarily can't be stored is stored in full later, and reported as finished only then", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {})
  const { database } = started.testDb
  await database.$executeRawUnsafe(
    `CREATE TRIGGER full BEFORE UPDATE OF status ON Message BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
  )
  const request = ask("[[words n=200]]")
  const { response } = await send(request)
  const read = eventsOf(response)
  await expect.poll(() => logged.mock.calls.flat().join(" "), { timeout: 60_000 }).toContain("will retry")
  expect((await stored(request.id)).at(-1)?.metadata?.status).toBe("streaming")
  await database.$executeRawUnsafe("DROP TRIGGER full")
  expect(await read).toMatchObject({ text: TEXT, done: true })
  const answer = (await stored(request.id)).at(-1)
  expect(answer?.metadata?.status).toBe("complete")
  expect(textOf(answer)).toBe(TEXT)
  expect(await database.generationChunk.count()).toBe(0)
  logged.mockRestore()
})

test("a checkpoint for a deleted generation does not block those of others", async () => {
  const { database } = started.testDb
  const { appendChunks, chunkRows } = await import("@/lib/db/generations")
  const request = ask("[[words n=5]]")
  await (await send(request)).response?.text()
  const generation = await started.testDb.database.generation.findFirstOrThrow({
    where: { conversationId: request.id },
  })
  await database.generation.update({ where: { id: generation.id }, data: { endedAt: null } })
  const events = [{ type: "text-delta", id: "t", delta: "ü \u0000 \ud800 “x”" }]
  const row = { seq: 0, lastSeq: 3, events }
  await appendChunks([
    { ...row, generationId: "gone" },
    { ...row, generationId: generation.id },
  ])
  expect(await chunkRows(generation.id)).toEqual([
    { ...row, generationId: generation.id, events: [{ ...events[0], delta: "ü \ufffd \ufffd “x”" }] },
  ])
})
