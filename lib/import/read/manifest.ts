/** `export.json` of Sparkler's own export: folders, presets, prompts, and what else is the person's. */
import type { FileHandle } from "node:fs/promises"
import { type Entry, entriesOf, entryOf, idOf, nameOf } from "@/lib/import/formats/values"
import type { FoundExtras } from "@/lib/import/read/types"
import { entryBytes, type ZipEntry } from "@/lib/import/read/zip"
import { isTooMuch } from "@/lib/json-shape"

const MOST_BYTES = 50_000_000
const MOST_VALUES = 2_000_000

/** Null: there is none that this version knows. */
export async function readManifest(file: FileHandle, entries: ZipEntry[]): Promise<Entry | null> {
  const entry = entries.find(({ name }) => /(?:^|\/)export\.json$/.test(name))
  if (!entry || entry.size > MOST_BYTES) return null
  const pieces: Buffer[] = []
  for await (const piece of entryBytes(file, entry)) pieces.push(piece)
  const text = Buffer.concat(pieces).toString("utf8")
  if (isTooMuch(text, MOST_VALUES)) return null
  try {
    const manifest = entryOf(JSON.parse(text))
    return manifest.format === "sparkler-export" && manifest.version === 1 ? manifest : null
  } catch {
    return null
  }
}

/** Names of folders, by their ids. */
export const foldersIn = (manifest: Entry): Map<string, string> =>
  new Map(
    entriesOf(manifest.folders).flatMap(({ id, name }) => {
      const [key, said] = [idOf(id), nameOf(name)]
      return key && said ? [[key, said] as const] : []
    }),
  )

/** As many of each as a person can have; of comparisons, which have no limit, more than anybody makes. */
const MOST = { presets: 100, prompts: 500, schemas: 200, models: 1_000, choices: 10_000 }

/** What is added beside the chats, and of it no more than an export of ours holds: each is a row to be written. */
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
