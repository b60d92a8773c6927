/** Exports as a browser downloads them, read as an importer would. */
import { rmSync } from "node:fs"
import path from "node:path"
import { strFromU8, unzipSync } from "fflate"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { GET as chatAs } from "@/app/api/conversations/[id]/export/route"
import { GET } from "@/app/api/export/route"
import { GET as state } from "@/app/api/export/state/route"
import { endSession } from "@/lib/auth/ending"
import { testGuest } from "@/lib/auth/guest.fixture"
import { raw } from "@/lib/db/client"
import { fileUse } from "@/lib/db/files"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { addImage } from "@/lib/images/images"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
const ORIGIN = "http://localhost:3000"

interface Guest {
  id: string
  cookie: string
}

const get = (handler: typeof GET, { cookie }: Guest, headers = {}) =>
  handler(new Request(`${ORIGIN}/api/export`, { headers: { host: "localhost:3000", cookie, ...headers } }), {})

async function unzipped(response: Response) {
  expect(response.status).toBe(200)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  return {
    files,
    names: Object.keys(files),
    text,
    chats: JSON.parse(text("chats.json")),
    manifest: JSON.parse(text("export.json")),
  }
}

interface Said {
  id?: string
  parentId?: string | null
  role?: "user" | "assistant"
  parts: object[]
}

/** A chat of these messages, whose last one is the current leaf. */
async function newChat({ id: userId }: Guest, title: string, said: Said[], more: object = {}) {
  const id = uuidv7()
  await testDb.database.conversation.create({ data: { id, userId, title, ...more } })
  let last: string | null = null
  for (const { id: own = uuidv7(), parentId = last, role = "user", parts } of said) {
    await testDb.database.message.create({
      data: {
        id: own,
        conversationId: id,
        parentId,
        role,
        parts,
        status: "complete",
        model: role === "user" ? null : "m",
      },
    })
    last = own
  }
  await testDb.database.conversation.update({ where: { id }, data: { activeLeafId: last } })
  return id
}

const text = (words: string) => ({ type: "text", text: words })

test("contains all of a user's data, with all branches, and no one else's", async () => {
  const [guest, other] = [await testGuest(), await testGuest()]
  const { database } = testDb
  const folder = await database.folder.create({ data: { id: uuidv7(), userId: guest.id, name: "Work" } })
  await database.preset.create({
    data: { id: uuidv7(), userId: guest.id, name: "P", settings: { topK: 3 }, isDefault: true },
  })
  await database.prompt.create({ data: { id: uuidv7(), userId: guest.id, command: "fix", text: "Fix it" } })
  const image = await addImage(guest.id, Buffer.from(PNG, "base64"), "dot.png")
  const question = uuidv7()
  const shown = { type: "file", mediaType: "image/png", url: `/api/images/${image.id}`, filename: "dot.png" }
  const id = await newChat(
    guest,
    "Roses/../red",
    [
      {
        id: question,
        parts: [
          text("What is it?"),
          shown,
          { type: "data-text-file", data: { name: "a.md", mediaType: "text/markdown", text: "```\nx\n```" } },
        ],
      },
      { role: "assistant", parentId: question, parts: [text("First version")] },
      {
        role: "assistant",
        parentId: question,
        parts: [{ type: "reasoning", text: "secret thought" }, text("Second version")],
      },
    ],
    {
      folderId: folder.id,
      pinnedAt: new Date(),
      settings: { systemPrompt: "Be brief" },
      tags: { create: { name: "garden" } },
    },
  )
  await raw().transact([fileUse(id, image.id)])
  await newChat(guest, "Gone", [{ parts: [text("deleted")] }], { deletedAt: new Date() })
  await newChat(guest, "Held", [{ parts: [text("temporary")] }], { temporary: true })
  await newChat(other, "Theirs", [{ parts: [text("not mine")] }])

  const { files, names, text: read, chats, manifest } = await unzipped(await get(GET, guest))
  expect(chats).toHaveLength(1)
  expect(chats[0]).toMatchObject({
    ...{ format: "sparkler-chat", version: 1, id, title: "Roses/../red", folderId: folder.id, tags: ["garden"] },
    ...{ settings: { systemPrompt: "Be brief" }, titleSource: "draft" },
  })
  expect(chats[0].messages.map(({ parentId }: Said) => parentId)).toEqual([null, question, question])
  expect(chats[0].messages[0].parts[1]).toMatchObject(shown)
  expect(manifest).toMatchObject({
    ...{ format: "sparkler-export", version: 1, chats: 1, problems: [] },
    folders: [{ id: folder.id, name: "Work" }],
    presets: [{ name: "P", settings: { topK: 3 }, isDefault: true }],
    prompts: [{ command: "fix", text: "Fix it" }],
    files: [{ id: image.id, path: `files/${image.id}.png`, name: "dot.png" }],
  })
  expect(files[`files/${image.id}.png`]?.byteLength).toBeGreaterThan(60)
  const markdown = names.filter((name) => name.startsWith("markdown/"))
  expect(markdown).toEqual([expect.stringMatching(/^markdown\/\d{4}-\d\d-\d\d Roses \.\. red\.md$/)])
  const page = read(markdown[0] ?? "")
  expect(page).toContain("Second version")
  expect(page).toContain(`![dot.png](../files/${image.id}.png)`)
  expect(page).toContain("````\n```\nx\n```\n````")
  expect(page).not.toMatch(/First version|secret thought/)
  expect(read("chats.json").trim().split("\n")).toHaveLength(3)
})

test("a deleted message is omitted with its image, and its replies attach to its parent", async () => {
  const guest = await testGuest()
  const [first, second, third] = [uuidv7(), uuidv7(), uuidv7()]
  const said = [first, second, third].map((id) => ({ id, parts: [text(id)] }))
  await newChat(guest, "T", said)
  await testDb.database.message.update({ where: { id: second }, data: { deletedAt: new Date() } })
  const image = await addImage(guest.id, Buffer.from(PNG, "base64"), "dot.png")
  const parts = [{ type: "file", mediaType: "image/png", url: `/api/images/${image.id}`, filename: "dot.png" }]
  const { conversationId } = await testDb.database.message.update({ where: { id: second }, data: { parts } })
  await raw().transact([fileUse(conversationId, image.id)])
  const { chats, text: read, names, manifest } = await unzipped(await get(GET, guest))
  expect([manifest.files, names.filter((name) => name.startsWith("files/"))]).toEqual([[], []])
  expect(chats[0].messages.map(({ id, parentId }: Said) => [id, parentId])).toEqual([
    [first, null],
    [third, first],
  ])
  expect(read(names.find((name) => name.endsWith(".md")) ?? "")).not.toContain(second)
})

test("an export reveals no model of a blind comparison until one is chosen", async () => {
  const guest = await testGuest()
  const [question, answer] = [uuidv7(), uuidv7()]
  const parts = [{ type: "reasoning", text: "thought" }, text("said")]
  const id = await newChat(guest, "Which?", [
    { id: question, parts: [text("which?")] },
    { id: answer, role: "assistant", parts },
  ])
  const data = { model: "secret/model", costUsd: 0.5, blind: true, comparisonId: answer, comparisonPlace: 0 }
  await testDb.database.message.update({ where: { id: answer }, data })
  const { text: read, chats } = await unzipped(await get(GET, guest))
  expect(chats[0]).toMatchObject({ id, messages: [{}, { id: answer, blind: true, parts: [text("said")] }] })
  expect(read("chats.json")).not.toMatch(/secret|costUsd|thought/)
  await testDb.database.message.update({ where: { id: answer }, data: { blind: false } })
  const told = await unzipped(await get(GET, guest))
  expect(told.chats[0].messages[1]).toMatchObject({ model: "secret/model", costUsd: 0.5, parts })
})

test("corrupt items are reported, and the rest is exported", async () => {
  const guest = await testGuest()
  const [good, bad] = [uuidv7(), uuidv7()]
  const image = await addImage(guest.id, Buffer.from(PNG, "base64"), "dot.png")
  const id = await newChat(guest, "Half", [
    { id: good, parts: [text("whole"), { type: "file", mediaType: "image/png", url: `/api/images/${image.id}` }] },
    { id: bad, role: "assistant", parts: [text("broken")] },
  ])
  const whole = await newChat(guest, "Whole", [{ parts: [text("fine")] }])
  await raw().transact([
    fileUse(id, image.id),
    { sql: `UPDATE "Message" SET "parts" = '{"' WHERE "id" = ?`, values: [bad] },
    { sql: `UPDATE "Conversation" SET "settings" = 'nothing' WHERE "id" = ?`, values: [id] },
  ])
  rmSync(path.join(testDb.dataDir, "files"), { recursive: true, force: true })
  const { chats, manifest, names } = await unzipped(await get(GET, guest))
  expect(chats.map((chat: { id: string; messages: unknown[] }) => [chat.id, chat.messages.length]).sort()).toEqual(
    [
      [id, 1],
      [whole, 1],
    ].sort(),
  )
  expect(manifest.problems).toEqual(
    expect.arrayContaining([
      { problem: "settings unreadable", chat: id, title: "Half" },
      { problem: "message unreadable", chat: id, message: bad },
      { problem: "file missing", file: image.id },
    ]),
  )
  expect(names.filter((name) => name.startsWith("markdown/"))).toHaveLength(2)
})

test("one export at a time per user, and it ends with their session", async () => {
  const [guest, other] = [await testGuest(), await testGuest()]
  await newChat(guest, "T", [{ parts: [text("x")] }])
  const first = await get(GET, guest)
  expect(await (await get(state, guest)).json()).toEqual({ chats: 1, running: true })
  const second = await get(GET, guest, { "accept-language": "de" })
  expect([second.status, (await second.json()).error.message]).toEqual([
    429,
    "Ein Export läuft schon. Warte, bis er fertig ist.",
  ])
  await unzipped(await get(GET, other))
  await first.body?.cancel()
  const third = await get(GET, guest)
  await endSession(guest.claims.sid, guest.id)
  await expect(third.arrayBuffer()).rejects.toThrow()
  expect((await get(GET, guest)).status).toBe(401)
})

test("a single chat is exported as Markdown, JSON or both", async () => {
  const [guest, other] = [await testGuest(), await testGuest()]
  const id = await newChat(guest, 'Käse "1"', [
    { parts: [text("Why?")] },
    { role: "assistant", parts: [text("Because.")] },
  ])
  const fetched = (who: Guest, as: string, one = id) =>
    chatAs(
      new Request(`${ORIGIN}/api/conversations/${one}/export?as=${as}`, {
        headers: { host: "localhost:3000", cookie: who.cookie },
      }),
      {
        params: Promise.resolve({ id: one }),
      },
    )
  const markdown = await fetched(guest, "md")
  expect(markdown.headers.get("content-disposition")).toContain("filename*=UTF-8''K%C3%A4se%201.md")
  expect(await markdown.text()).toMatch(/^# Käse "1"\n\n\d{4}-\d\d-\d\d\n\n## You\n\nWhy\?\n\n## m\n\nBecause\.\n$/)
  const json = await (await fetched(guest, "json")).json()
  expect([json.format, json.messages.length]).toEqual(["sparkler-chat", 2])
  const { chats } = await unzipped(await fetched(guest, "zip"))
  expect(chats).toEqual([json])
  expect((await fetched(other, "json")).status).toBe(404)
  expect((await fetched(guest, "exe")).status).toBe(400)
  expect((await fetched(guest, "md", "nothing")).status).toBe(404)
})
