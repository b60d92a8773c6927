import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { protectDataFolder } from "@/lib/server/data-folder"

let root: string
const at = (...names: string[]) => path.join(root, ...names)
const mode = (...names: string[]) => (statSync(at(...names)).mode & 0o777).toString(8)
const umask = process.umask()

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "sparkler-modes-"))
})

afterEach(() => {
  process.umask(umask)
  vi.restoreAllMocks()
  rmSync(root, { recursive: true })
})

/** A data folder as older versions left it, readable by everyone. */
function leaveOpen(folder: string): void {
  mkdirSync(at(folder, "images", "ab"), { recursive: true })
  for (const name of [
    "sparkler.db",
    "sparkler.db-wal",
    "sparkler.db-shm",
    "auth-secret",
    "images/ab/cdef",
    "notes.txt",
  ]) {
    writeFileSync(at(folder, name), "x")
    chmodSync(at(folder, name), 0o644)
  }
  for (const name of ["", "images", "images/ab"]) chmodSync(at(folder, name), 0o755)
}

test("permissions left open by an older version are restricted, whatever the file's name", async () => {
  leaveOpen("data")
  await protectDataFolder(at("data"), at("data/sparkler.db"))
  expect(["", "images", "images/ab"].map((name) => mode("data", name))).toEqual(["700", "700", "700"])
  for (const name of [
    "sparkler.db",
    "sparkler.db-wal",
    "sparkler.db-shm",
    "auth-secret",
    "images/ab/cdef",
    "notes.txt",
  ])
    expect(`${name} ${mode("data", name)}`).toBe(`${name} 600`)
})

test("a new folder is created with restricted permissions, and so are later files", async () => {
  await protectDataFolder(at("data"), null)
  writeFileSync(at("data", "later"), "x")
  mkdirSync(at("data", "folder"))
  expect([mode("data"), mode("data", "later"), mode("data", "folder")]).toEqual(["700", "600", "700"])
})

test("a database elsewhere is restricted, its neighbors and symlink targets are left alone", async () => {
  mkdirSync(at("elsewhere"))
  for (const name of ["my.db", "my.db-wal", "other.txt"]) writeFileSync(at("elsewhere", name), "x", { mode: 0o644 })
  mkdirSync(at("data"))
  symlinkSync(at("elsewhere", "other.txt"), at("data", "link"))
  await protectDataFolder(at("data"), at("elsewhere/my.db"))
  expect([mode("elsewhere", "my.db"), mode("elsewhere", "my.db-wal"), mode("elsewhere", "other.txt")]).toEqual([
    "600",
    "600",
    "644",
  ])
})

test("in a folder that contains the program itself only our own files are restricted", async () => {
  leaveOpen("home")
  mkdirSync(at("home/program"))
  vi.spyOn(process, "cwd").mockReturnValue(at("home/program"))
  await protectDataFolder(at("home"), at("home/sparkler.db"))
  expect([mode("home"), mode("home", "notes.txt"), mode("home", "sparkler.db"), mode("home", "images")]).toEqual([
    "755",
    "644",
    "600",
    "700",
  ])
  expect(existsSync(at("home/program"))).toBe(true)
})
