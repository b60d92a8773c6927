/** Tests of per-user limits on either database, also under concurrency. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { makeFolder } from "@/lib/chat/list/folders"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { addPreset } from "@/lib/presets/presets"
import { addPrompt } from "@/lib/presets/prompts"
import { addSchema } from "@/lib/schemas/schemas"
import { createShare } from "@/lib/share/shares"

export function limitCases(database: () => Database): void {
  const newUser = async () => (await database().user.create({ data: { id: randomUUID() } })).id
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index))

  interface Thing {
    most: number
    /** Stores this many. */
    fill: (userId: string, count: number) => Promise<unknown>
    add: (userId: string, index: number) => Promise<unknown>
    count: (userId: string) => Promise<number>
  }

  const conversation = async (userId: string) => {
    const known = await database().conversation.findFirst({ where: { userId } })
    if (known) return known.id
    const id = uuidv7()
    const messageId = uuidv7()
    await database().conversation.create({ data: { id, userId, title: "T", activeLeafId: messageId } })
    const parts = toJson([{ type: "text", text: "hello" }])
    await database().message.create({
      data: { id: messageId, conversationId: id, role: "user", status: "complete", parts },
    })
    return id
  }

  const things: Record<string, Thing> = {
    folders: {
      most: 200,
      fill: (userId, count) =>
        database().folder.createMany({ data: many(count, (n) => ({ id: uuidv7(), userId, name: `${n}` })) }),
      add: (userId, index) => makeFolder(userId, uuidv7(), `new ${index}`),
      count: (userId) => database().folder.count({ where: { userId } }),
    },
    presets: {
      most: 100,
      fill: (userId, count) =>
        database().preset.createMany({
          data: many(count, (n) => ({ id: uuidv7(), userId, name: `${n}`, settings: {} })),
        }),
      add: (userId, index) =>
        addPreset(userId, {
          ...{ id: uuidv7(), name: `new ${index}`, model: null, settings: {}, output: null, isDefault: false },
        }),
      count: (userId) => database().preset.count({ where: { userId } }),
    },
    prompts: {
      most: 500,
      fill: (userId, count) =>
        database().prompt.createMany({
          data: many(count, (n) => ({ id: uuidv7(), userId, command: `c${n}`, text: "t" })),
        }),
      add: (userId, index) => addPrompt(userId, { id: uuidv7(), command: `new${index}`, text: "t" }),
      count: (userId) => database().prompt.count({ where: { userId } }),
    },
    schemas: {
      most: 200,
      fill: (userId, count) =>
        database().outputSchema.createMany({ data: many(count, (n) => ({ id: uuidv7(), userId, name: `${n}` })) }),
      add: (userId, index) =>
        addSchema(userId, {
          id: uuidv7(),
          name: `new ${index}`,
          description: "",
          text: '{"type":"object"}',
          note: null,
        }),
      count: (userId) => database().outputSchema.count({ where: { userId } }),
    },
    links: {
      most: 50,
      fill: async (userId, count) => {
        const conversationId = await conversation(userId)
        const row = { userId, conversationId, title: "T", messages: [], imageIds: [] }
        await database().share.createMany({ data: many(count, () => ({ ...row, id: uuidv7(), token: randomUUID() })) })
      },
      add: async (userId) => createShare(userId, await conversation(userId)),
      count: (userId) => database().share.count({ where: { userId } }),
    },
  }

  describe("the last one allowed", () => {
    test.each(Object.entries(things))("of %s is created once by ten concurrent requests", async (_name, thing) => {
      const userId = await newUser()
      await thing.fill(userId, thing.most - 1)
      const results = await Promise.allSettled(many(10, (index) => thing.add(userId, index)))
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      for (const result of results)
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "limit:reached" })
      expect(await thing.count(userId)).toBe(thing.most)
    })
  })
}
