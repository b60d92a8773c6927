/** Backups made while people write, and what is restored from them: on either database, into either file store. */
import { createHash, randomUUID } from "node:crypto"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { makeBackup } from "@/lib/backup/make"
import { type Manifest, manifestFile, tableFile } from "@/lib/backup/manifest"
import { restore } from "@/lib/backup/restore"
import { backupJob, pruneBackups, startBackupIfDue } from "@/lib/backup/schedule"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import type { Source } from "@/lib/db/copy/tables"
import { openSource, Sum } from "@/lib/db/copy/transfer"
import { storeFile } from "@/lib/files/files"
import { startS3, type TestS3 } from "@/lib/files/s3.fixture"
import { s3Storage } from "@/lib/files/s3-storage"
import { type FileStorage, fileStorage, folderStorage, inOne, readWhole } from "@/lib/files/storage"
import { deleteUnusedFiles } from "@/lib/files/sweep"

const SECRET = "s".repeat(32)

/** `elsewhere`: returns URLs of new, empty databases. */
export function backupCases(database: () => Database, elsewhere: () => Promise<string>): void {
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-backup-"))
  let s3: TestS3
  beforeAll(async () => {
    s3 = await startS3()
  })
  afterAll(async () => {
    await s3.close()
    rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => vi.restoreAllMocks())

  let user = ""
  const newFile = async () => {
    const data = Buffer.from(`${randomUUID()}\u2028`)
    const file = { id: randomUUID(), userId: user, kind: "output" as const, mediaType: "text/plain", size: data.length }
    const sha256 = createHash("sha256").update(data).digest("hex")
    await storeFile({ ...file, width: null, height: null, name: "a.txt" }, { bytes: data, sha256 })
    return database().file.findUniqueOrThrow({ where: { id: file.id } })
  }
  /** A chat of two messages and a count of chats: a backup contains all of it or nothing. */
  const newChat = () =>
    database().$transaction(async (client) => {
      await client.user.update({ where: { id: user }, data: { answersToday: { increment: 1 } } })
      const id = randomUUID()
      await client.conversation.create({ data: { id, userId: user, title: 'Title\u2028 "of" it' } })
      for (const role of ["user", "assistant"] as const)
        await client.message.create({
          data: {
            id: randomUUID(),
            conversationId: id,
            role,
            status: "complete",
            parts: [{ type: "text", text: "Grüße 👩‍👩‍👧\n" }],
          },
        })
    })
  beforeAll(async () => {
    user = (await database().user.create({ data: { id: randomUUID() } })).id
  })

  const options = (name: string) => ({
    ...{ databaseUrl: config().databaseUrl, dataDir: config().dataDir, storage: fileStorage(), secrets: true },
    folder: path.join(folder, name),
  })
  const restoreTo = async (
    made: string,
    storage = folderStorage(path.join(folder, randomUUID())),
    databaseUrl: string | null = null,
  ) => {
    const to = { databaseUrl: databaseUrl ?? (await elsewhere()), dataDir: path.join(folder, randomUUID()), storage }
    return { ...to, ...(await restore({ folder: made, ...to, secret: () => SECRET })) }
  }

  test("a backup during writes and deletes has a consistent snapshot of the database and every file it references", async () => {
    const kept = [await newFile(), await newFile()]
    for (let n = 0; n < 20; n++) await newChat()
    let writing = true
    const load = async () => {
      while (writing) {
        await newChat()
        const [gone] = [await newFile(), await newFile()]
        await database().file.delete({ where: { id: gone.id } })
        await deleteUnusedFiles([gone])
      }
    }
    const loads = [load(), load()]
    const made = await makeBackup(options("load"))
    writing = false
    await Promise.all(loads)
    expect(made.manifest.files.lost).toEqual([])
    const back = await restoreTo(made.folder, s3Storage({ ...s3.config, prefix: "load/" }))
    const rows = await rowsOf(back.databaseUrl, "User", "Conversation", "Message", "StoredObject")
    const [chats, messages] = [rows.Conversation?.length ?? 0, rows.Message?.length ?? 0]
    expect(chats).toBeGreaterThanOrEqual(20)
    expect(messages).toBe(2 * chats)
    expect(rows.User?.find(({ id }) => id === user)?.answersToday).toBe(chats)
    for (const { objectKey } of kept) {
      const before = await readWhole(fileStorage(), objectKey)
      expect(before?.length).toBeGreaterThan(10)
      expect(await readWhole(back.storage, objectKey)).toEqual(before)
    }
    // Every object that the restored database names exists, except those deleted in the meantime.
    const named = (rows.StoredObject ?? []).filter(({ removedAt }) => removedAt === null).map(({ key }) => String(key))
    for (const key of named.filter((one) => !made.manifest.files.removedMeanwhile.includes(one)))
      expect(await back.storage.has(key), key).toBe(true)
  })

  test("after a restore, each table has the same hash as its source", async () => {
    writeFileSync(path.join(config().dataDir, "auth-secret"), SECRET)
    const made = await makeBackup(options("still"))
    const back = await restoreTo(made.folder)
    expect(await sumsOf(back.databaseUrl)).toEqual(await sumsOf(config().databaseUrl))
    expect(readFileSync(path.join(back.dataDir, "auth-secret"), "utf8")).toBe(SECRET)
    expect(back.tables.map(({ table, rows }) => [table, rows]).sort()).toEqual(
      made.manifest.tables.map(({ name, rows }) => [name, rows]).sort(),
    )
  })

  test("all files are accessible to their owner only, with or without the generated secrets", async () => {
    const made = await makeBackup(options("modes"))
    expect(made.manifest.secrets).toContain("auth-secret")
    for (const entry of readdirSync(made.folder, { recursive: true, withFileTypes: true })) {
      const mode = statSync(path.join(entry.parentPath, entry.name)).mode & 0o077
      // Folders of the file store have the process's default mode.
      if (entry.isFile()) expect(mode, entry.name).toBe(0)
    }
    expect(statSync(made.folder).mode & 0o777).toBe(0o700)
    expect((await makeBackup({ ...options("without"), secrets: false })).manifest.secrets).toEqual([])
  })

  test("corrupt, newer or invalid backups are rejected, as is a non-empty destination", async () => {
    const made = await makeBackup(options("refused"))
    const spare = await elsewhere()
    const refused = (from: string, storage?: FileStorage) => expect(restoreTo(from, storage, spare)).rejects
    const copy = (change: (to: string) => void) => {
      const to = path.join(folder, randomUUID())
      cpSync(made.folder, to, { recursive: true })
      change(to)
      return to
    }
    const withManifest = (change: (manifest: Manifest) => void) => (to: string) => {
      const manifest: Manifest = JSON.parse(readFileSync(manifestFile(to), "utf8"))
      change(manifest)
      writeFileSync(manifestFile(to), JSON.stringify(manifest))
    }
    const cut = copy((to) =>
      writeFileSync(tableFile(to, "Message"), readFileSync(tableFile(to, "Message")).subarray(0, -20)),
    )
    await refused(cut).toThrow("Message.ndjson.gz doesn't match its hash")
    const [one = ""] = readdirSync(path.join(made.folder, "files"), { recursive: true, encoding: "utf8" }).filter(
      (name) => name.length > 10,
    )
    await refused(copy((to) => rmSync(path.join(to, "files", one)))).toThrow(path.basename(one))
    await refused(copy((to) => writeFileSync(path.join(to, "files", one), "x"))).toThrow("is damaged")
    await refused(copy(withManifest(({ migrations }) => migrations.push("29990101000000_next")))).toThrow(
      "newer version of Sparkler (29990101000000_next)",
    )
    const lured = (secrets: string[]) =>
      copy((to) => {
        const read = JSON.parse(readFileSync(manifestFile(to), "utf8"))
        writeFileSync(manifestFile(to), JSON.stringify({ ...read, secrets }))
      })
    // Neither a file of this machine nor one that SQLite would read.
    for (const name of ["../../../../../../../../etc/passwd", "sparkler.db-journal"])
      await refused(lured([name])).toThrow("can't be read")
    await refused(folder).toThrow("isn't a backup")
    const back = await restoreTo(made.folder, undefined, spare)
    await expect(restore({ ...back, folder: made.folder, secret: () => SECRET })).rejects.toThrow(
      "target database isn't empty",
    )
    const strange = folderStorage(path.join(folder, randomUUID()))
    await strange.put(randomUUID(), inOne(Buffer.from("x")))
    await refused(made.folder, strange).toThrow("file store isn't empty")
  })

  test("files lost by the store are named, and the rest is backed up", async () => {
    const [lost, damaged] = [await newFile(), await newFile()]
    await fileStorage().remove(lost.objectKey)
    await fileStorage().put(damaged.objectKey, inOne(Buffer.from("other")))
    const made = await makeBackup(options("lost"))
    expect([...made.manifest.files.lost].sort()).toEqual([lost.objectKey, damaged.objectKey].sort())
    expect((await restoreTo(made.folder)).files).toBe(made.manifest.files.count)
    await database().file.deleteMany({ where: { id: { in: [lost.id, damaged.id] } } })
  })

  test("a scheduled backup is made when the last one is too old, and the newest few are kept", async () => {
    vi.spyOn(console, "info").mockImplementation(() => {})
    const HOUR_MS = 60 * 60 * 1_000
    const begun = await Promise.all([startBackupIfDue(HOUR_MS), startBackupIfDue(HOUR_MS), startBackupIfDue(HOUR_MS)])
    expect(begun.filter(Boolean).length).toBe(1)
    const { folder: parent } = config().store.backup
    for (let n = 0; n < 3; n++)
      await backupJob.run({
        jobId: "j",
        userId: null,
        payload: {},
        attempt: 1,
        signal: new AbortController().signal,
        progress: () => {},
      })
    expect(readdirSync(parent).length).toBe(2)
    await database().job.updateMany({
      where: { kind: "backup" },
      data: { state: "done", key: null, endedAt: new Date() },
    })
    expect(await startBackupIfDue(HOUR_MS)).toBe(false)
    expect(await startBackupIfDue(HOUR_MS, new Date(Date.now() + HOUR_MS))).toBe(true)
    writeFileSync(path.join(parent, "mine.txt"), "stays")
    cpSync(
      path.join(parent, readdirSync(parent)[1] ?? ""),
      path.join(parent, "sparkler-2020-01-01T00-00-00-000Z.part"),
      { recursive: true },
    )
    expect(await pruneBackups(parent, 1, new Date(Date.now() + 25 * HOUR_MS))).toBe(2)
    expect(readdirSync(parent).length).toBe(2)
  })

  test("an aborted backup leaves nothing behind", async () => {
    const signal = AbortSignal.abort(new Error("the process ends"))
    await expect(makeBackup({ ...options("ended"), signal })).rejects.toThrow()
    expect(readdirSync(path.join(folder, "ended"))).toEqual([])
  })
}

async function reading<T>(url: string, work: (source: Source) => Promise<T>): Promise<T> {
  const source = await openSource(url)
  return work(source).finally(() => source.close())
}

const rowsOf = (url: string, ...names: string[]) =>
  reading(url, async (source) => {
    const all: Record<string, Record<string, unknown>[]> = {}
    for (const table of source.tables.filter(({ name }) => names.includes(name))) {
      const rows: Record<string, unknown>[] = []
      for await (const batch of source.rows(table))
        rows.push(...batch.map((row) => Object.fromEntries(table.columns.map(({ name }, n) => [name, row[n]]))))
      all[table.name] = rows
    }
    return all
  })

const sumsOf = (url: string) =>
  reading(url, async (source) => {
    const sums: Record<string, string> = {}
    for (const table of source.tables) {
      const sum = new Sum(table)
      for await (const rows of source.rows(table)) for (const row of rows) sum.add(row)
      sums[table.name] = `${sum.rows} ${sum.hash()}`
    }
    return sums
  })
