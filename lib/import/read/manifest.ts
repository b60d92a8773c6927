/** `export.json` of Sparkler's own export: folders, presets, prompts, and the user's other data. */
import type { FileHandle } from "node:fs/promises"
import { type Entry, entriesOf, entryOf, idOf, nameOf } from "@/lib/import/formats/values"
import type { FoundExtras } from "@/lib/import/read/types"
import { entryBytes, type ZipEntry } from "@/lib/import/read/zip"
import { isTooMuch } from "@/lib/json-shape"

const MAX_BYTES = 50_000_000
const MAX_VALUES = 2_000_000

/** Null if there is none, or none that this version supports. */
export async function readManifest(file: FileHandle, entries: ZipEntry[]): Promise<Entry | null> {
  const entry = entries.find(({ name }) => /(?:^|\/)export\.json$/.test(name))
  if (!entry || entry.size > MAX_BYTES) return null
  const pieces: Buffer[] = []
  for await (const piece of entryBytes(file, entry)) pieces.push(piece)
  const text = Buffer.concat(pieces).toString("utf8")
  if (isTooMuch(text, MAX_VALUES)) return null
  try {
    const manifest = entryOf(JSON.parse(text))
    return manifest.format === "sparkler-export" && manifest.version === 1 ? manifest : null
  } catch {
    return null
  }
}

/** Folder names by ID. */
export const foldersIn = (manifest: Entry): Map<string, string> =>
  new Map(
    entriesOf(manifest.folders).flatMap(({ id, name }) => {
      const [key, said] = [idOf(id), nameOf(name)]
      return key && said ? [[key, said] as const] : []
    }),
  )

/** The limits a user has of each; for comparisons, which have no limit, more than anyone makes. */
const MOST = { presets: 100, prompts: 500, schemas: 200, models: 1_000, choices: 10_000 }

/** What is added besides the chats, limited to what our own export would contain: each is a row to write. */
export const keptOf = (manifest: Entry) => ({
  presets: entriesOf(manifest.presets).slice(0, MOST.presets),
  prompts: entriesOf(manifest.prompts).slice(0, MOST.prompts),
  schemas: entriesOf(manifest.schemas).slice(0, MOST.schemas),
  models: entriesOf(manifest.models).slice(0, MOST.models),
  choices: entriesOf(manifest.choices).slice(0, MOST.choices),
})

export const extrasOf = ({ presets, prompts, schemas, models, choices }: ReturnType<typeof keptOf>): FoundExtras => ({
  ...{ presets: presets.length, prompts: prompts.length, schemas: schemas.length },
  ...{ models: models.length, choices: choices.length },
})
