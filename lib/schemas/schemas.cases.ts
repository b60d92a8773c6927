/** The schema library, on either database. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import {
  addSchema,
  bringBack,
  editSchema,
  importSchema,
  listSchemas,
  purgeDeletedSchemas,
  removeSchema,
  restoreVersion,
  schemaOf,
  schemaUses,
  versionList,
  versionOf,
} from "@/lib/schemas/schemas"
import { recordSchemaUse } from "@/lib/schemas/uses"

const TEXT = '{ "type": "object",\n\t"maxProperties": 1.0, "title": "\u00e4" }'
const textOf = (count: number) => `{ "type": "object", "maxProperties": ${count} }`
const DAY_MS = 24 * 60 * 60 * 1_000

export function schemaCases(database: () => Database): void {
  const newUser = async () => (await database().user.create({ data: { id: randomUUID() } })).id
  const schemaOfUser = async (userId: string, text = textOf(1)) => {
    const id = uuidv7()
    await addSchema(userId, { id, name: "Invoice", description: "", text, note: null })
    return id
  }
  const chatOf = async (userId: string, more: object = {}) => {
    const id = uuidv7()
    await database().conversation.create({ data: { id, userId, title: "Chat", ...more } })
    return id
  }
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: { code?: string }) => error.code,
    )

  test("the text is stored as written, including whitespace and number formats; repeating a request changes nothing", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const id = await schemaOfUser(user, TEXT)
    await addSchema(user, { id, name: "Another", description: "", text: textOf(9), note: null })
    expect(await schemaOf(user, id)).toMatchObject({ name: "Invoice", version: 1, text: TEXT.toWellFormed() })
    expect(await refused(schemaOf(other, id))).toBe("schema:not_found")
    expect(await refused(addSchema(other, { id, name: "x", description: "", text: textOf(1), note: null }))).toBe(
      "schema:not_found",
    )
    expect(await listSchemas(other)).toEqual([])
  })

  test("a changed text is a new numbered version; a new name or the same text is not", async () => {
    const user = await newUser()
    const id = await schemaOfUser(user)
    const renamed = await editSchema(user, id, { revision: 1, name: "Bill" })
    expect([renamed.version, renamed.revision]).toEqual([1, 2])
    const second = await editSchema(user, id, { revision: 2, text: textOf(2), note: "more" })
    expect([second.version, second.text]).toEqual([2, textOf(2)])
    expect((await editSchema(user, id, { revision: 3, text: textOf(2) })).version).toBe(2)
    expect((await versionList(user, id)).map(({ version, note }) => [version, note])).toEqual([
      [2, "more"],
      [1, null],
    ])
    expect((await versionOf(user, id, 1)).text).toBe(textOf(1))
    expect(await refused(versionOf(await newUser(), id, 1))).toBe("schema:not_found")
  })

  test("a save based on an outdated version overwrites nothing, even with ten at once", async () => {
    const user = await newUser()
    const id = await schemaOfUser(user)
    const saved = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => editSchema(user, id, { revision: 1, text: textOf(n + 10) })),
    )
    expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    for (const result of saved)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "schema:changed", status: 409, details: { revision: 2 } })
    expect((await versionList(user, id)).map(({ version }) => version)).toEqual([2, 1])
  })

  test("a restored version becomes the newest, and records its origin", async () => {
    const user = await newUser()
    const id = await schemaOfUser(user)
    await editSchema(user, id, { revision: 1, text: textOf(2) })
    const restored = await restoreVersion(user, id, { revision: 2, restore: 1 })
    expect([restored.version, restored.text]).toEqual([3, textOf(1)])
    expect((await versionList(user, id))[0]).toMatchObject({ version: 3, restoredFrom: 1 })
    expect(await refused(restoreVersion(user, id, { revision: 2, restore: 1 }))).toBe("schema:changed")
    expect(await refused(restoreVersion(user, id, { revision: 3, restore: 9 }))).toBe("schema:not_found")
  })

  test("text that is not a schema or is unusable is rejected", async () => {
    const user = await newUser()
    const id = await schemaOfUser(user)
    for (const [text, code] of [
      ["{", "output:schema_invalid"],
      ["[]", "schema:no_object"],
      ['{"type": "object", "properties": {"a": {"type": "strin"}}}', "output:schema_invalid"],
    ] as const) {
      expect(await refused(editSchema(user, id, { revision: 1, text })), text).toBe(code)
      expect(await refused(addSchema(user, { id: uuidv7(), name: "n", description: "", text, note: null }))).toBe(code)
    }
    expect((await schemaOf(user, id)).revision).toBe(1)
  })

  test("a deleted schema is not found, can be restored with its versions, and is gone after 30 days", async () => {
    const user = await newUser()
    const id = await schemaOfUser(user)
    await removeSchema(user, id)
    expect(await listSchemas(user)).toEqual([])
    expect(await refused(versionList(user, id))).toBe("schema:not_found")
    expect(await refused(removeSchema(user, id))).toBe("schema:not_found")
    expect(await refused(bringBack(await newUser(), id))).toBe("schema:not_found")
    expect((await bringBack(user, id)).text).toBe(textOf(1))
    // A page that loaded it before must load it again.
    expect(await refused(editSchema(user, id, { revision: 1, name: "x" }))).toBe("schema:changed")
    await removeSchema(user, id)
    await purgeDeletedSchemas(new Date(Date.now() + 29 * DAY_MS))
    expect(await database().outputSchema.count({ where: { id } })).toBe(1)
    await purgeDeletedSchemas(new Date(Date.now() + 31 * DAY_MS))
    expect(await database().outputSchemaVersion.count({ where: { schemaId: id } })).toBe(0)
  })

  test("lists the chats and presets that use it, each with its version; excluding other users', deleted and temporary ones", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const id = await schemaOfUser(user)
    await editSchema(user, id, { revision: 1, text: textOf(2) })
    const [one, gone, temporary, theirs] = [
      await chatOf(user),
      await chatOf(user, { deletedAt: new Date() }),
      await chatOf(user, { temporary: true }),
      await chatOf(other),
    ]
    const ask = (userId: string, chat: string, version: number) =>
      recordSchemaUse(userId, chat, { type: "json_schema", name: "n", schema: {}, stored: { id, version } })
    for (const chat of [one, gone, temporary]) await ask(user, chat, 1)
    await ask(user, one, 2)
    await ask(user, one, 2)
    await ask(user, one, 7)
    await ask(other, theirs, 1)
    await ask(user, theirs, 1)
    const output = { type: "json_schema", name: "n", schema: {}, stored: { id, version: 1 } }
    await database().preset.create({ data: { id: uuidv7(), userId: user, name: "P", settings: {}, output } })
    const { chats, presets } = await schemaUses(user, id)
    expect(chats.map(({ id: chat, version }) => [chat, version]).sort()).toEqual([
      [one, 1],
      [one, 2],
    ])
    expect(presets).toMatchObject([{ name: "P", version: 1 }])
    expect(await refused(schemaUses(other, id))).toBe("schema:not_found")
    expect(await database().outputSchemaUse.count({ where: { conversationId: theirs } })).toBe(0)
  })

  test("beyond a hundred versions, the oldest ones unused by any chat are removed", async () => {
    const user = await newUser()
    const id = uuidv7()
    const texts = Array.from({ length: 100 }, (_, n) => ({ text: textOf(n), note: null, createdAt: new Date(n) }))
    await importSchema(user, { id, name: "Many", description: "" }, texts)
    await recordSchemaUse(user, await chatOf(user), {
      ...{ type: "json_schema", name: "n", schema: {}, stored: { id, version: 1 } },
    })
    await editSchema(user, id, { revision: 1, text: textOf(1_000) })
    await editSchema(user, id, { revision: 2, text: textOf(1_001) })
    const numbers = (await versionList(user, id)).map(({ version }) => version)
    expect([numbers.length, numbers[0], numbers.at(-1), numbers.at(-2)]).toEqual([101, 102, 1, 3])
  })
}
