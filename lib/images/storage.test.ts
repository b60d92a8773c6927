import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { fileStorage } from "@/lib/images/storage"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-images-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const storage = fileStorage(folder)
const hashOf = (data: Buffer) => createHash("sha256").update(data).digest("hex")
const files = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

test("what is stored is read back, until it is deleted", async () => {
  const data = Buffer.from("picture")
  const hash = hashOf(data)
  expect(await storage.get(hash)).toBeNull()
  await storage.put(hash, data)
  expect(await storage.get(hash)).toEqual(data)
  await storage.delete(hash)
  expect(await storage.get(hash)).toBeNull()
  await storage.delete(hash)
})

test("the same content lies there once, also when it comes many times at once, and nothing unfinished stays", async () => {
  const data = Buffer.alloc(200_000, 7)
  const hash = hashOf(data)
  await Promise.all(Array.from({ length: 8 }, () => storage.put(hash, data)))
  await storage.put(hash, data)
  expect(files().map(({ name }) => name)).toEqual([hash.slice(2)])
  expect(await storage.get(hash)).toEqual(data)
  await storage.delete(hash)
})

test("a write that fails leaves nothing behind", async () => {
  const hash = hashOf(Buffer.from("broken"))
  // Not bytes: what a full disk does to a write, without filling the disk.
  const broken: Uint8Array = JSON.parse('{"length":3}')
  await expect(storage.put(hash, broken)).rejects.toThrow()
  expect(files()).toEqual([])
  expect(await storage.get(hash)).toBeNull()
})

test.each(["../../etc/passwd", "", "AB".repeat(32), `${"a".repeat(63)}/`])(
  "only a hash makes a path: %j",
  async (name) => {
    await expect(storage.get(name)).rejects.toThrow("not a SHA-256")
    await expect(storage.put(name, Buffer.from("x"))).rejects.toThrow("not a SHA-256")
    await expect(storage.delete(name)).rejects.toThrow("not a SHA-256")
  },
)
