/** Upgrades a database with data from the version before files to this one. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { migrate } from "@/lib/db/migrate"

interface Target {
  url: string
  run(sql: string): Promise<Record<string, unknown>[]>
}

const FILES = "20261129060000_files"
const HASH = "ab".repeat(32)
const OTHER = "cd".repeat(32)

const parts = (...ids: string[]) =>
  JSON.stringify([
    { type: "text", text: "it's /api/images/nothing" },
    ...ids.map((id) => ({ type: "file", url: `/api/images/${id}`, mediaType: "image/png" })),
  ]).replaceAll("'", "''")

export function upgradeCases(provider: "sqlite" | "postgresql", open: () => Promise<Target>): void {
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-upgrade-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test("images keep their ids and bytes, and those shown in messages are recorded as used", async () => {
    const { url, run } = await open()
    const target = path.join(folder, provider, "migrations")
    cpSync(`prisma/${provider}/migrations`, target, { recursive: true })
    for (const name of readdirSync(target))
      if (name >= FILES && name < "3") rmSync(path.join(target, name), { recursive: true })
    await migrate(url, folder)
    const image = (id: string, user: string, hash: string) =>
      `('${id}', '${user}', '${hash}', 'image/png', 3, 4, 50, '${id}.png')`
    await run(`INSERT INTO "User" ("id") VALUES ('u'), ('v')`)
    await run(
      `INSERT INTO "Image" ("id", "userId", "sha256", "mediaType", "width", "height", "bytes", "name") VALUES
        ${image("shown", "u", HASH)}, ${image("same", "v", HASH)}, ${image("unsent", "u", OTHER)}`,
    )
    await run(`INSERT INTO "Conversation" ("id", "userId", "title") VALUES ('c', 'u', 't'), ('d', 'v', 't')`)
    await run(
      `INSERT INTO "Message" ("id", "conversationId", "role", "status", "parts") VALUES
        ('1', 'c', 'user', 'complete', '${parts("shown")}'), ('2', 'c', 'user', 'complete', '${parts("SHOWN", "gone")}'),
        ('3', 'c', 'assistant', 'complete', '[]'), ('4', 'd', 'user', 'complete', '${parts("same")}'),
        ('5', 'd', 'user', 'complete', '"of another version: /api/images/unsent"')`,
    )
    cpSync(`prisma/${provider}/migrations/${FILES}`, path.join(target, FILES), { recursive: true })
    expect(await migrate(url, folder)).toEqual([FILES])

    expect(
      await run(
        `SELECT "id", "userId", "objectKey", "kind", "size", "width", "height", "name" FROM "File" ORDER BY "id"`,
      ),
    ).toEqual(
      [
        ["same", "v", HASH],
        ["shown", "u", HASH],
        ["unsent", "u", OTHER],
      ].map(([id, userId, objectKey]) => ({
        ...{ id, userId, objectKey, kind: "image", size: 50, width: 3, height: 4, name: `${id}.png` },
      })),
    )
    expect(await run(`SELECT "key", "sha256", "size", "removedAt" FROM "StoredObject" ORDER BY "key"`)).toEqual([
      { key: HASH, sha256: HASH, size: 50, removedAt: null },
      { key: OTHER, sha256: OTHER, size: 50, removedAt: null },
    ])
    expect(await run(`SELECT "conversationId", "fileId" FROM "FileUse" ORDER BY "fileId"`)).toEqual([
      { conversationId: "d", fileId: "same" },
      { conversationId: "c", fileId: "shown" },
    ])
  })
}
