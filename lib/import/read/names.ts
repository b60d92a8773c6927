/** File names in a zip: used for lookups, never as paths. */
import type { FileNames } from "@/lib/import/formats/types"
import type { ZipEntry } from "@/lib/import/read/zip"

/** `conversations.json`, also split into numbered files; `chats.json`. */
export const isChatFile = (name: string): boolean => /(?:^|\/)(?:conversations(?:[-_]\d+)?|chats)\.json$/i.test(name)

/** IDs at the beginning of names: ChatGPT's `file-abc`, `file_00ab`, and UUIDs. */
const ID = /^(?:file[-_][A-Za-z0-9]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i

/** The first entry of each name, and of each ID at the beginning of a name. */
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
