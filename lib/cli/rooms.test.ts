/**
 * Folders depend on each other in one direction: for each folder, `rooms.json` lists the folders above it that it may
 * import.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { describe, expect, it } from "vitest"
import allowed from "./rooms.json"

const ROOT = path.resolve(import.meta.dirname, "../..")
const ROOMS: Record<string, string[]> = allowed

/** Tests may import anything. */
const isCode = (file: string) => !/\.(?:test|fixture|cases)\.tsx?$/.test(file)

const isGenerated = (room: string) => room.startsWith("lib/db/generated")

const FILES = ["lib", "components"].flatMap((top) =>
  readdirSync(path.join(ROOT, top), { recursive: true, encoding: "utf8" })
    .map((file) => path.join(top, file))
    .filter((file) => /\.tsx?$/.test(file) && isCode(file) && !isGenerated(file)),
)

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']((?:@\/|\.{1,2}\/)[^"']+)["']/g

/** The project folders that a file imports from. */
function roomsOf(file: string): string[] {
  const source = readFileSync(path.join(ROOT, file), "utf8")
  return [...source.matchAll(IMPORT)].map(([, from = ""]) => {
    const imported = from.startsWith("@/") ? from.slice(2) : path.join(path.dirname(file), from)
    // A folder that is imported by its name has an index file.
    return existsSync(path.join(ROOT, imported, "index.ts")) ? imported : path.dirname(imported)
  })
}

/** Folders that are discovered automatically, such as one per tool, share one name: `…/*`. */
const roomNamed = (folder: string) => {
  const shared = `${path.dirname(folder)}/*`
  return shared in ROOMS ? shared : folder
}
const roomOf = (file: string) => roomNamed(path.dirname(file))

describe("source folders", () => {
  it("are all listed", () => {
    expect([...new Set(FILES.map(roomOf))].sort()).toEqual(Object.keys(ROOMS).sort())
  })

  it.each(Object.keys(ROOMS))("%s imports only what is allowed", (room) => {
    const imported = FILES.filter((file) => roomOf(file) === room).flatMap((file) =>
      // Imports within the same folder don't count.
      roomsOf(file).flatMap((folder) => (folder === path.dirname(file) ? [] : { file, other: roomNamed(folder) })),
    )
    const wrong = imported.filter(
      ({ other }) => other !== room && !isGenerated(other) && !(ROOMS[room] ?? []).includes(other),
    )
    expect(wrong).toEqual([])
    // An unused permission must be removed.
    const used = new Set(imported.map(({ other }) => other))
    expect((ROOMS[room] ?? []).filter((other) => !used.has(other))).toEqual([])
  })

  it.each(Object.keys(ROOMS))("%s uses only folders listed above it, so that there are no cycles", (room) => {
    const names = Object.keys(ROOMS)
    const below = (ROOMS[room] ?? []).filter((other) => names.indexOf(other) >= names.indexOf(room))
    expect(below).toEqual([])
  })

  it("contain at most thirty files", () => {
    const counts = new Map(
      FILES.map(path.dirname).map((folder) => [folder, FILES.filter((file) => path.dirname(file) === folder)]),
    )
    expect([...counts].filter(([, files]) => files.length > 30).map(([folder]) => folder)).toEqual([])
  })

  it("are in the README's project layout", () => {
    const map = readFileSync(path.join(ROOT, "README.md"), "utf8").match(/## Project layout\n\n```\n([\s\S]*?)```/)?.[1]
    const named = Object.keys(ROOMS).filter((room) => room.includes("/") && !room.endsWith("/*"))
    for (const room of named) expect(map).toContain(`${path.basename(room)}/`)
  })
})
