/** The commands as a person runs them: their output, and how they handle S3. */
import { createHash, randomUUID } from "node:crypto"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { runCommand } from "@/lib/backup/command"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { storeFile } from "@/lib/files/files"
import { startS3, type TestS3 } from "@/lib/files/s3.fixture"
import { s3Storage } from "@/lib/files/s3-storage"
import { folderStorage, inOne, readWhole } from "@/lib/files/storage"

let s3: TestS3
let testDb: TestDatabase
const folder = mkdtempSync(path.join(tmpdir(), "sparkler-command-"))
beforeAll(async () => {
  s3 = await startS3()
  const { endpoint, bucket, region, prefix, accessKeyId, secretAccessKey } = s3.config
  Object.assign(process.env, { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_PREFIX: prefix })
  Object.assign(process.env, { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey })
  testDb = await withTestDb()
})
afterAll(async () => {
  await s3.close()
  await testDb.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => {
  process.exitCode = 0
})

async function said(...args: string[]): Promise<string> {
  const lines: string[] = []
  await runCommand(args, (line) => lines.push(line))
  return lines.join("\n")
}

async function newFile(text: string) {
  const data = Buffer.from(text)
  const user = await testDb.database.user.create({ data: { id: randomUUID() } })
  const file = {
    id: randomUUID(),
    userId: user.id,
    kind: "output" as const,
    mediaType: "text/plain",
    size: data.length,
  }
  const sha256 = createHash("sha256").update(data).digest("hex")
  await storeFile({ ...file, width: null, height: null, name: "a.txt" }, { bytes: data, sha256 }, [], here())
  return (await testDb.database.file.findUniqueOrThrow({ where: { id: file.id } })).objectKey
}
const here = () => folderStorage(testDb.dataDir)

test("files are copied into the bucket and back; a second copy compares them; missing ones are named", async () => {
  await expect(said("files:copy", "--from", "folder", "--to", "folder")).rejects.toThrow("npm run files:copy")
  const keys = [await newFile("one"), await newFile("two"), await newFile("three")]
  expect(await said("files:copy", "--from", "folder", "--to", "s3")).toMatch(
    /^3 files copied \(0\.0 MB\), 0 already present/,
  )
  const bucketStorage = s3Storage(s3.config)
  expect(String(await readWhole(bucketStorage, keys[0] ?? ""))).toBe("one")
  // One file is damaged there, one is missing on both sides.
  await bucketStorage.put(keys[1] ?? "", inOne(Buffer.from("owt")))
  for (const store of [bucketStorage, here()]) await store.remove(keys[2] ?? "")
  expect(await said("files:copy", "--from", "folder", "--to", "s3")).toContain(
    "1 files copied (0.0 MB), 1 already present",
  )
  expect(process.exitCode).toBe(1)
  expect(String(await readWhole(bucketStorage, keys[1] ?? ""))).toBe("two")
  expect(await said("files:copy", "--from", "s3", "--to", "folder")).toContain(`missing or damaged in s3: ${keys[2]}`)
})

test("a backup lists its content, a restore its result, and each its failures", async () => {
  const made = await said("backup", "--to", folder)
  expect(made).toContain("Backup created and verified: ")
  expect(made).toMatch(/\d+ rows in \d+ tables, 2 files/)
  expect(made).toContain("secrets: auth-secret")
  const backup = /verified: (.*)/.exec(made)?.[1] ?? ""
  const before = { ...process.env }
  process.env.DATA_DIR = path.join(folder, "new")
  process.env.DATABASE_URL = ""
  process.env.S3_PREFIX = "restored"
  try {
    const restored = await said("restore", backup)
    expect(restored).toMatch(/ {2}User +3 {2}[0-9a-f]{16}\n/)
    expect(restored).toContain("with 2 files")
    expect(restored).not.toContain("AUTH_SECRET")
    expect(existsSync(path.join(folder, "new/sparkler.db"))).toBe(true)
    await expect(said("restore", backup)).rejects.toThrow("isn't empty")
    await expect(said("restore")).rejects.toThrow("npm run restore -- BACKUP")
  } finally {
    Object.assign(process.env, before)
  }
})

test("databases are copied by URL", async () => {
  const to = `file:${path.join(folder, "copy.db")}`
  const copied = await said("db:copy", "--from", process.env.DATABASE_URL ?? "", "--to", to)
  expect(copied).toMatch(/ {2}User +3 {2}[0-9a-f]{16}\n/)
  expect(copied).toContain("AUTH_SECRET must stay the same")
  await expect(said("db:copy", "--from", "mysql://x", "--to", to)).rejects.toThrow("mysql isn't a database address")
  await expect(said("db:copy", "--from", `file:${folder}/nothing.db`, "--to", to)).rejects.toThrow(
    "No database found at",
  )
  await expect(said("db:copy", "--frm", "x")).rejects.toThrow("Unknown option '--frm'")
})
