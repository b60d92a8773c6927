/** Tests of raw statements alongside Prisma's, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test, vi } from "vitest"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { isPostgres, raw } from "@/lib/db/client"
import { setModelTitle } from "@/lib/db/conversations"
import { isMissingRow, isMissingTarget, isUniqueViolation } from "@/lib/db/errors"
import {
  appendChunks,
  chunkRows,
  claimGeneration,
  clockSkewMs,
  renewLeases,
  runningOfUser,
  takenOverGenerations,
} from "@/lib/db/generations"
import { branchTo, finishMessage, knownMessages, standingOf, storeTurn } from "@/lib/db/turns"

const QUESTION = [{ type: "text", text: "a lamp, “ü”, \\ and 'quotes'" }]

export function turnCases(database: () => Database): void {
  /** A conversation with one question and its empty answer. */
  async function begun() {
    const userId = uuidv7()
    await database().user.create({ data: { id: userId, guest: true } })
    const [conversationId, questionId, messageId, id] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
    const turn = {
      conversationId,
      question: { id: questionId, conversationId, parentId: null, parts: QUESTION, createdAt: new Date() },
      answers: [{ id: messageId, conversationId, parentId: questionId, model: "demo", createdAt: new Date() }],
      generations: [{ id, messageId, conversationId, userId, nodeId: "here" }],
      touch: { activeLeafId: messageId, model: "demo", begin: 1 },
      chosen: null,
    }
    const row = { id: conversationId, userId, title: "A title", model: "demo", activeLeafId: messageId, running: 1 }
    await storeTurn(turn, row)
    return { userId, turn, row, generation: { id, messageId, conversationId, nodeId: "here" } }
  }

  test("rows written by raw SQL read as if Prisma had written them", async () => {
    const { userId, turn, generation } = await begun()
    const before = await database().conversation.findUniqueOrThrow({ where: { id: turn.conversationId } })
    expect(before).toMatchObject({ userId, running: 1, unseen: false, temporary: false, settings: null })
    expect(Math.abs(before.createdAt.getTime() - Date.now())).toBeLessThan(3_600_000)
    await finishMessage(generation, { status: "complete", parts: QUESTION, costUsd: 0.5, usage: { input: 1 } })
    const [question, answer] = await database().message.findMany({
      where: { conversationId: turn.conversationId },
      orderBy: { role: "asc" },
    })
    expect([question?.parts, answer?.parts]).toEqual([QUESTION, QUESTION])
    expect([question, answer].find((row) => row?.role === "assistant")).toMatchObject({
      ...{ status: "complete", costUsd: 0.5, usage: { input: 1 }, error: null },
    })
    const after = await database().conversation.findUniqueOrThrow({ where: { id: turn.conversationId } })
    expect(after).toMatchObject({ running: 0, unseen: true })
    expect(await knownMessages([turn.question.id, uuidv7()])).toMatchObject([{ userId, parts: QUESTION, role: "user" }])
  })

  test("a turn is stored completely or not at all", async () => {
    const { turn, row } = await begun()
    const other = { ...row, id: uuidv7() }
    const again = storeTurn({ ...turn, question: null }, other)
    await expect(again.catch((error: unknown) => isUniqueViolation(error))).resolves.toBe(true)
    expect(await database().conversation.count({ where: { id: other.id } })).toBe(0)
    const early = storeTurn({ ...turn, question: null, answers: [], generations: [] }, null)
    await expect(early.catch((error: unknown) => isMissingRow(error))).resolves.toBe(true)
  })

  test("a turn records which files it shows, once per conversation, and fails if one no longer exists", async () => {
    const { userId, turn, generation } = await begun()
    await finishMessage(generation, { status: "complete", parts: [] })
    const data = { id: uuidv7(), userId, kind: "image" as const, mediaType: "image/png", size: 1, width: 1, height: 1 }
    const { key: objectKey } = await database().storedObject.create({ data: { key: uuidv7(), sha256: "ab", size: 1 } })
    const { id: fileId } = await database().file.create({ data: { ...data, name: "a.png", objectKey } })
    const next = (files: string[]) => ({ ...turn, question: null, answers: [], generations: [], files })
    const uses = () => database().fileUse.findMany({ where: { fileId }, select: { conversationId: true } })
    await database().conversation.update({ where: { id: turn.conversationId }, data: { running: 0 } })
    await storeTurn(next([fileId]), null)
    await database().conversation.update({ where: { id: turn.conversationId }, data: { running: 0 } })
    await storeTurn(next([fileId]), null)
    expect(await uses()).toEqual([{ conversationId: turn.conversationId }])
    await database().conversation.update({ where: { id: turn.conversationId }, data: { running: 0 } })
    const gone = storeTurn(next([uuidv7()]), null)
    await expect(gone.catch((error: unknown) => isMissingTarget(error))).resolves.toBe(true)
    expect(await database().conversation.findUnique({ where: { id: turn.conversationId } })).toMatchObject({
      running: 0,
    })
  })

  test("a branch is read along its parents, without its siblings", async () => {
    const { turn } = await begun()
    const [{ id: answerId } = { id: "" }] = turn.answers
    const { conversationId } = turn
    const said = { conversationId, role: "user", status: "complete", parts: QUESTION } as const
    const [beside, next] = [uuidv7(), uuidv7()]
    await database().message.create({ data: { ...said, id: beside, parentId: answerId } })
    await database().message.create({ data: { ...said, id: next, parentId: answerId } })
    expect((await branchTo(conversationId, next)).map(({ id }) => id)).toEqual([turn.question.id, answerId, next])
    expect(await branchTo(uuidv7(), next)).toEqual([])
  })

  test("a chain with a cycle ends", async () => {
    const { turn } = await begun()
    const [{ id: answerId } = { id: "" }] = turn.answers
    await database().message.update({ where: { id: turn.question.id }, data: { parentId: answerId } })
    expect((await branchTo(turn.conversationId, answerId)).length).toBeGreaterThan(0)
  })

  test("a clock ahead of PostgreSQL's is detected", async () => {
    expect(Math.abs(await clockSkewMs())).toBeLessThan(2_000)
    const now = Date.now()
    const clock = vi.spyOn(Date, "now").mockReturnValue(now + 3_600_000)
    const ahead = await clockSkewMs().finally(() => clock.mockRestore())
    expect(Math.round(ahead / 60_000)).toBe(isPostgres(config().databaseUrl) ? 60 : 0)
  })

  test("a process that lost its generation to another can write neither its end nor its checkpoints", async () => {
    const { turn, generation } = await begun()
    const read = await database().generation.findUniqueOrThrow({ where: { id: generation.id } })
    expect(await runningOfUser(read.userId)).toBe(1)
    expect(await renewLeases([generation.id], "here")).toBe(1)
    expect(await claimGeneration(generation.id, read.leaseUntil, "there"), "it was renewed since").toBe(false)
    const renewed = await database().generation.findUniqueOrThrow({ where: { id: generation.id } })
    expect(await claimGeneration(generation.id, renewed.leaseUntil, "there")).toBe(true)
    expect(await renewLeases([generation.id], "here")).toBe(0)
    expect(await takenOverGenerations([generation.id], "here")).toEqual([generation.id])
    const late = finishMessage(generation, { status: "complete", parts: QUESTION })
    await expect(late).rejects.toSatisfy(isMissingRow)
    await finishMessage({ ...generation, nodeId: "there" }, { status: "interrupted", parts: [] })
    await appendChunks([{ generationId: generation.id, seq: 0, lastSeq: 0, events: [{ type: "start" }] }])
    expect(await chunkRows(generation.id)).toEqual([])
    const answer = await database().message.findUnique({ where: { id: generation.messageId } })
    expect(answer).toMatchObject({ status: "interrupted", parts: [] })
    const conversation = await database().conversation.findUnique({ where: { id: turn.conversationId } })
    expect(conversation?.running).toBe(0)
    expect(await standingOf(turn.conversationId, read.userId)).toMatchObject({
      conversation: { running: 0 },
      running: 0,
    })
    expect(await standingOf(uuidv7(), read.userId)).toEqual({ conversation: null, running: 0 })
  })

  test("another transaction's rollback does not discard a concurrent checkpoint or title", async () => {
    const { turn, generation } = await begun()
    let written: Promise<unknown> = Promise.resolve()
    const failed = database().$transaction(async (client) => {
      await client.user.create({ data: { id: uuidv7() } })
      written = Promise.all([
        appendChunks([{ generationId: generation.id, seq: 0, lastSeq: 0, events: [{ type: "start" }] }]),
        setModelTitle(turn.conversationId, "A better one"),
      ])
      await client.user.count()
      throw new Error("taken back")
    })
    await expect(failed).rejects.toThrow("taken back")
    await written
    expect(await chunkRows(generation.id)).toMatchObject([{ seq: 0, events: [{ type: "start" }] }])
    expect(await setModelTitle(turn.conversationId, "Too late")).toBe(false)
  })

  test("nor a concurrent Prisma write, of one row or several", async () => {
    const [one, two, three] = [uuidv7(), uuidv7(), uuidv7()]
    let written: Promise<unknown> = Promise.resolve()
    const failed = database().$transaction(async (client) => {
      await client.user.create({ data: { id: uuidv7() } })
      const { user } = database()
      written = Promise.all([
        user.create({ data: { id: one } }),
        user.createMany({ data: [{ id: two }, { id: three }] }),
        database().$executeRaw`UPDATE "User" SET "id" = ${one} WHERE "id" = ${one}`,
      ])
      for (let turn = 0; turn < 5; turn++) await client.user.count()
      throw new Error("taken back")
    })
    await expect(failed).rejects.toThrow("taken back")
    await written
    expect(await database().user.count({ where: { id: { in: [one, two, three] } } })).toBe(3)
    // A failure doesn't block the next ones.
    await expect(database().user.create({ data: { id: one } })).rejects.toThrow()
    expect(await database().user.count({ where: { id: one } })).toBe(1)
  })

  test("failing statements leave the connection intact", async () => {
    await expect(raw().transact([{ sql: `INSERT INTO "Nowhere" VALUES (?)`, values: [1] }])).rejects.toThrow()
    const { turn } = await begun()
    expect(await database().message.count({ where: { conversationId: turn.conversationId } })).toBe(2)
  })
}
