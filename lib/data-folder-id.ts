/** The id of a data folder, by which processes on several machines detect whether they share it. */
import { randomUUID } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"

/** The id of a data folder, created on first use. */
export async function dataFolderId(dataDir: string): Promise<string> {
  const file = path.join(/* turbopackIgnore: true */ dataDir, "folder-id")
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // "wx": of several processes, one writes, and all read the same value.
  await writeFile(file, randomUUID(), { mode: 0o600, flag: "wx" }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  })
  return (await readFile(file, "utf8")).trim()
}
