/** Names of files in a zip: looked up, and never used as paths. */
import type { FileNames } from "@/lib/import/formats/types"
import type { ZipEntry } from "@/lib/import/read/zip"

/** `conversations.json`, in parts too; `chats.json`. */
export const isChatFile = (name: string): boolean => /(?:^|\/)(?:conversations(?:[-_]\d+)?|chats)\.json$/i.test(name)

/** Ids that names begin with: ChatGPT's `file-abc`, `file_00ab`, and UUIDs. */
const ID = /^(?:file[-_][A-Za-z0-9]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i

/** The first entry of each name, and of each id that a name begins with. */
export function fileNames(entries: ZipEntry[]): FileNames {
  const known = new Map<string, string>()
  const add = (key: string | undefined, name: string) => {
    if (key && !known.has(key)) known.set(key, name)
  }
  for (const { name } of entries) {
    const base = name.slice(name.lastIndexOf("/") + 1)
    add(base, name)
    add(ID.exec(base)?.[0], name)
  }
  return { named: (name) => known.get(name) ?? known.get(ID.exec(name)?.[0] ?? "") }
}
