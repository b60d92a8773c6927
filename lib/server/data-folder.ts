/**
 * Only its owner may access the data folder: folders 0700, files 0600. On Windows, modes have no effect and nothing is
 * done.
 */
import { chmod, lstat, mkdir, readdir } from "node:fs/promises"
import { homedir } from "node:os"
import path from "node:path"
import { logInfo } from "@/lib/log"

const FOLDER = 0o700
const FILE = 0o600
/** Sparkler's own entries; SQLite adds files next to the database. */
const OURS =
  /^(auth-secret|folder-id|uploads|api-key\.json|setup-owner|images|files|imports|backups?|sparkler\.db(-.*)?)$/

/**
 * Makes new files of this process private to their owner, and corrects those of earlier versions. `databaseFile` is
 * corrected wherever it is. Failures are logged, and don't stop the start.
 */
export async function protectDataFolder(dataDir: string, databaseFile: string | null): Promise<void> {
  if (process.platform === "win32") return
  process.umask(0o077)
  await mkdir(dataDir, { recursive: true })
  const failed: string[] = []
  const protect = async (entry: string) => {
    await setMode(entry).catch((error: unknown) => {
      if (!isMissing(error)) failed.push(entry)
    })
  }
  const shared = isShared(dataDir)
  if (!shared) await protect(dataDir)
  await below(dataDir, shared, protect)
  for (const ending of databaseFile ? ["", "-wal", "-shm", "-journal"] : []) await protect(`${databaseFile}${ending}`)
  if (failed.length > 0)
    logInfo(
      `Other users on this machine may be able to read ${failed[0]}: its permissions can't be changed (${failed.length} in total).`,
    )
}

/** A folder that contains more than our data (a home folder, the program itself) must not be locked down. */
function isShared(dataDir: string): boolean {
  const holds = (other: string) => !path.relative(dataDir, other).startsWith("..")
  return holds(homedir()) || holds(process.cwd())
}

/** Visits everything below a folder, a folder's entries in parallel; in a shared folder only our own entries. */
async function below(folder: string, oursOnly: boolean, visit: (entry: string) => Promise<void>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const meant = entries.filter(({ name }) => !oursOnly || OURS.test(name))
  await Promise.all(meant.map(({ name }) => visit(path.join(folder, name))))
  // Symbolic links aren't followed: their targets aren't ours.
  for (const entry of meant) if (entry.isDirectory()) await below(path.join(folder, entry.name), false, visit)
}

/** Changes only wrong modes: a start that finds everything in order writes nothing. */
async function setMode(entry: string): Promise<void> {
  const found = await lstat(entry)
  if (!found.isDirectory() && !found.isFile()) return
  const wanted = found.isDirectory() ? FOLDER : FILE
  if ((found.mode & 0o777) !== wanted) await chmod(entry, wanted)
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"
