import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { directoryStorage } from "@/lib/files/directory-storage"
import { newKey } from "@/lib/files/keys"
import { inOne } from "@/lib/files/storage"
import { storageCases } from "@/lib/files/storage.cases"

describe("directory storage", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-files-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const storage = directoryStorage(path.join(folder, "files"), { earlier: path.join(folder, "images") })
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : []))

  storageCases(() => storage)

  test("partial files of a crashed process are removed after a day, and never listed", async () => {
    const key = newKey()
    await storage.put(key, inOne(Buffer.from("x")))
    const beside = path.join(folder, "files", key.slice(-2))
    const [young, old] = [path.join(beside, "young.part"), path.join(beside, "old.part")]
    for (const file of [young, old]) writeFileSync(file, "half")
    const before = new Date(Date.now() - 25 * 60 * 60 * 1_000)
    utimesSync(old, before, before)
    for await (const { key: listed } of storage.list()) expect(listed).not.toContain("part")
    expect(files()).toContain("young.part")
    expect(files()).not.toContain("old.part")
  })
})
