/** Files from a drop, including those in folders. */

/** Maximum files listed from folders; any beyond are ignored. */
const MAX_FILES = 2_000
const MAX_DEPTH = 8

/** Files that operating systems add to folders. */
const isOfTheSystem = (name: string) => name.startsWith(".") || /^(?:thumbs\.db|desktop\.ini)$/i.test(name)

/** Must be called synchronously in the drop event, since the browser clears its data afterwards. Never rejects. */
export async function droppedFiles(data: DataTransfer | null): Promise<File[]> {
  const entries = [...(data?.items ?? [])]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const lists = []
  let left = MAX_FILES
  for (const { entry, file } of entries) {
    const found = entry?.isDirectory ? await filesIn(entry, left, 0) : file ? [file] : []
    left -= found.length
    lists.push(...found)
  }
  return lists
}

/** Sorted by name, folder by folder. */
async function filesIn(entry: FileSystemEntry, most: number, depth: number): Promise<File[]> {
  if (most <= 0 || depth > MAX_DEPTH) return []
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)))
    return file ? [file] : []
  }
  if (!isFolder(entry)) return []
  const inside = (await entriesOf(entry)).filter(({ name }) => !isOfTheSystem(name))
  inside.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  const found: File[] = []
  for (const one of inside) found.push(...(await filesIn(one, most - found.length, depth + 1)))
  return found
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** Browsers return entries in batches of a hundred until an empty batch. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  while (all.length < MAX_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (some.length === 0) break
    all.push(...some)
  }
  return all
}
