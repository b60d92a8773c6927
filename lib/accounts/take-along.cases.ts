/** Merging a guest's data into an account. */
import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { mergeGuestIntoAccount } from "@/lib/accounts/take-along"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { sessionOf } from "@/lib/auth/sessions"
import { createToken } from "@/lib/auth/token"
import type { Database } from "@/lib/db/client"
import { Prisma } from "@/lib/db/generated/sqlite/client"

/** Models whose rows are deleted with the guest: a guest has none, or they expire. */
const ENDS = ["Session", "Account", "OneTimeLink"]

export function takeAlongCases(database: () => Database): void {
  const both = async () => {
    const [guest, account] = [await testGuest(), await testAccount()]
    return { guest, account, from: guest.id, to: account.id }
  }

  const chatOf = async (userId: string, more: object = {}) => {
    const data = { id: randomUUID(), userId, title: "t", ...more }
    await database().conversation.create({ data })
    await database().message.create({
      data: { id: randomUUID(), conversationId: data.id, role: "user", status: "complete", parts: [] },
    })
    return data.id
  }

  /** One of each kind of data that a user can have. */
  const everything = async (userId: string) => {
    const [id, file, folder] = [randomUUID(), randomUUID(), randomUUID()]
    await database().folder.create({ data: { id: folder, userId, name: "f" } })
    const conversation = await chatOf(userId, { folderId: folder })
    const object = { key: randomUUID(), sha256: "0", size: 1 }
    await database().storedObject.create({ data: object })
    await database().file.create({
      data: { id: file, userId, kind: "image", objectKey: object.key, mediaType: "image/png", size: 1, name: "n" },
    })
    const shared = { title: "t", messages: [], imageIds: [], token: randomUUID() }
    await database().share.create({ data: { id, userId, conversationId: conversation, ...shared } })
    await database().shareGrant.create({ data: { shareId: id, userId } })
    await database().preset.create({ data: { id, userId, name: "p", settings: {}, isDefault: true } })
    await database().prompt.create({ data: { id, userId, command: "c", text: `of ${userId}` } })
    await database().outputSchema.create({
      data: { id, userId, name: "s", versions: { create: [{ version: 1, text: "{}" }] } },
    })
    const asked = { output: {}, models: ["m"], settings: {}, columns: [] }
    await database().grid.create({ data: { id, userId, title: "g", instructions: "", ...asked } })
    await database().eval.create({ data: { id, userId, title: "e" } })
    await database().modelSight.create({ data: { userId, model: "m", images: true } })
    await database().modelChoice.create({
      data: { userId, comparisonId: id, blind: false, models: [], outcome: "tie" },
    })
    await database().usageDay.create({ data: { userId, day: "2026-11-29", model: "m", answers: 2, costUsd: 0.5 } })
    await database().ownKey.create({ data: { userId, sealed: `of ${userId}`, lastFour: "1234" } })
    await database().importedChat.create({
      data: { userId, source: "chatgpt", externalId: "same", conversationId: conversation },
    })
    await database().job.create({ data: { id, userId, kind: "k", payload: {} } })
    await database().toolPermission.create({ data: { id, userId, tool: "t", conversationId: conversation } })
    await database().mcpServer.create({ data: { id, userId, name: "notes", url: "https://mcp.example.com/" } })
    const message = await database().message.findFirstOrThrow({ where: { conversationId: conversation } })
    await database().generation.create({
      data: {
        ...{ id, userId, messageId: message.id, conversationId: conversation, nodeId: "n" },
        ...{ leaseUntil: new Date(), endedAt: new Date() },
      },
    })
    await database().recording.create({ data: { generationId: id, userId, data: "" } })
    return conversation
  }

  /** How many rows of each model reference this user. */
  const countsOf = async (userId: string): Promise<Record<string, number>> => {
    const models = Object.values(Prisma.ModelName).filter((name) => "userId" in fieldsOf(name))
    const counts = await Promise.all(models.map(async (name) => [name, await countOf(name, userId)] as const))
    return Object.fromEntries(counts)
  }
  const delegate = (name: string) => {
    const found: unknown = Reflect.get(database(), `${name[0]?.toLowerCase()}${name.slice(1)}`)
    if (typeof found !== "object" || found === null) throw new Error(`no ${name}`)
    return found
  }
  const fieldsOf = (name: string): object => Reflect.get(delegate(name), "fields")
  const countOf = (name: string, userId: string): Promise<number> => {
    const found = delegate(name)
    return Reflect.get(found, "count").call(found, { where: { userId } })
  }

  test("everything a user can have is moved, and nothing of the account is lost", async () => {
    const { guest, account, from, to } = await both()
    const theirs = await everything(from)
    const own = await everything(to)
    const before = await countsOf(from)
    const filled = Object.entries(before).filter(([name]) => !ENDS.includes(name))
    for (const [name, count] of filled) expect(count, `${name} of the guest, before`).toBe(1)
    expect(await mergeGuestIntoAccount({ from, to })).toBe(true)
    for (const [name, count] of Object.entries(await countsOf(from))) expect(count, name).toBe(0)
    const { Session: _, ...after } = await countsOf(to)
    expect(after).toEqual({
      ...{ Account: 0, OneTimeLink: 0, Conversation: 2, Folder: 2, File: 2, Share: 2, ShareGrant: 2, Preset: 2 },
      ...{ Prompt: 2, ModelSight: 1, ModelChoice: 2, UsageDay: 1, OwnKey: 1, ImportedChat: 1, Job: 2, Generation: 2 },
      ...{ ToolPermission: 2, McpServer: 2, OutputSchema: 2, Grid: 2, Eval: 2, Recording: 2 },
    })
    const chats = await database().conversation.findMany({ where: { userId: to }, select: { id: true } })
    expect(new Set(chats.map(({ id }) => id))).toEqual(new Set([theirs, own]))
    expect(await database().usageDay.findMany({ where: { userId: to } })).toMatchObject([{ answers: 4, costUsd: 1 }])
    expect(await database().ownKey.findUnique({ where: { userId: to } })).toMatchObject({ sealed: `of ${to}` })
    expect(await database().preset.count({ where: { userId: to, isDefault: true } })).toBe(1)
    const prompts = await database().prompt.findMany({ where: { userId: to }, orderBy: { command: "asc" } })
    expect(prompts.map(({ command, text }) => [command, text])).toEqual([
      ["c", `of ${to}`],
      ["c-2", `of ${from}`],
    ])
    expect(await database().user.findUnique({ where: { id: from } })).toBeNull()
    expect(await sessionOf(await createToken(guest.claims))).toBeNull()
    expect((await sessionOf(await createToken(account.claims)))?.user.id).toBe(to)
  })

  test("the search index is queued for an update", async () => {
    const { from, to } = await both()
    const id = await chatOf(from)
    await database().$executeRawUnsafe(`DELETE FROM "SearchQueue"`)
    await mergeGuestIntoAccount({ from, to })
    const queued: unknown[] = await database().$queryRawUnsafe(
      `SELECT * FROM "SearchQueue" WHERE "conversationId" = '${id}'`,
    )
    expect(queued.length).toBeGreaterThanOrEqual(2)
  })

  test("an account without any gets the guest's default preset and key", async () => {
    const { from, to } = await both()
    await everything(from)
    await mergeGuestIntoAccount({ from, to })
    expect(await database().preset.count({ where: { userId: to, isDefault: true } })).toBe(1)
    expect(await database().ownKey.findUnique({ where: { userId: to } })).toMatchObject({ sealed: `of ${from}` })
  })

  test("duplicate commands get a number; identical prompts are merged", async () => {
    const { from, to } = await both()
    const long = "x".repeat(40)
    const add = (userId: string, command: string, text: string) =>
      database().prompt.create({ data: { id: randomUUID(), userId, command, text } })
    await add(to, "mail", "A")
    await add(to, "mail-2", "B")
    await add(to, "same", "S")
    await add(to, long, "L")
    for (const [command, text] of [
      ["mail", "C"],
      ["mail-3", "D"],
      ["same", "S"],
      [long, "M"],
    ] as const)
      await add(from, command, text)
    await mergeGuestIntoAccount({ from, to })
    const prompts = await database().prompt.findMany({ where: { userId: to } })
    expect(Object.fromEntries(prompts.map(({ command, text }) => [command, text]))).toEqual({
      ...{ mail: "A", "mail-2": "B", "mail-3": "D", "mail-4": "C", same: "S", [long]: "L" },
      [`${"x".repeat(38)}-2`]: "M",
    })
  })

  test("nothing is moved while an answer is being written", async () => {
    const { from, to } = await both()
    const [quiet, busy] = [await chatOf(from), await chatOf(from, { running: 1 })]
    await expect(mergeGuestIntoAccount({ from, to })).rejects.toMatchObject({ code: "account:busy" })
    expect(await database().conversation.count({ where: { userId: from, id: { in: [quiet, busy] } } })).toBe(2)
    await database().conversation.update({ where: { id: busy }, data: { running: 0 } })
    expect(await mergeGuestIntoAccount({ from, to })).toBe(true)
    expect(await database().conversation.count({ where: { userId: to, id: { in: [quiet, busy] } } })).toBe(2)
  })

  test("the guest's answers of today count for the account; those of another day don't", async () => {
    const set = (id: string, answersDay: string | null, answersToday: number) =>
      database().user.update({ where: { id }, data: { answersDay, answersToday } })
    const after = async (theirs: [string | null, number], own: [string | null, number]) => {
      const { from, to } = await both()
      await set(from, ...theirs)
      await set(to, ...own)
      await mergeGuestIntoAccount({ from, to })
      const { answersDay, answersToday } = await database().user.findUniqueOrThrow({ where: { id: to } })
      return [answersDay, answersToday]
    }
    expect(await after(["2026-11-29", 3], ["2026-11-29", 4])).toEqual(["2026-11-29", 7])
    expect(await after(["2026-11-29", 3], ["2026-11-28", 4])).toEqual(["2026-11-29", 3])
    expect(await after(["2026-11-28", 3], ["2026-11-29", 4])).toEqual(["2026-11-29", 4])
    expect(await after(["2026-11-29", 3], [null, 0])).toEqual(["2026-11-29", 3])
    expect(await after([null, 0], ["2026-11-29", 4])).toEqual(["2026-11-29", 4])
  })

  test("only a guest's data is moved, and only to an account that may sign in", async () => {
    const [guest, other, account] = [await testGuest(), await testGuest(), await testAccount()]
    await chatOf(account.id)
    expect(await mergeGuestIntoAccount({ from: account.id, to: guest.id })).toBe(false)
    expect(await mergeGuestIntoAccount({ from: guest.id, to: other.id })).toBe(false)
    await database().user.update({ where: { id: account.id }, data: { disabledAt: new Date() } })
    expect(await mergeGuestIntoAccount({ from: guest.id, to: account.id })).toBe(false)
    expect(await database().user.count({ where: { id: { in: [guest.id, other.id, account.id] } } })).toBe(3)
  })

  test("when two accounts claim the same guest concurrently, one succeeds", async () => {
    const { from, to } = await both()
    const other = await testAccount()
    await chatOf(from)
    const done = await Promise.all([mergeGuestIntoAccount({ from, to }), mergeGuestIntoAccount({ from, to: other.id })])
    expect(done.filter(Boolean)).toHaveLength(1)
    expect(await database().conversation.count({ where: { userId: { in: [to, other.id] } } })).toBe(1)
  })
}
