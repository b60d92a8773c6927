/** A person's presets: named conversation settings. Every query filters by owner. */
import { readSettings } from "@/lib/chat/settings"
import { isUniqueViolation } from "@/lib/db/errors"
import { createWithinLimit } from "@/lib/db/limits"
import {
  countPresets,
  createPreset,
  defaultPresetOf,
  deletePreset,
  findPreset,
  type PresetRow,
  presetsOf,
  updatePreset,
} from "@/lib/db/presets"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, sentence } from "@/lib/i18n/sentences"
import { outputRequestSchema } from "@/lib/messages/types"
import { checkOutput, problemsOf } from "@/lib/output/check"
import type { NewPreset, Preset, PresetChange } from "@/lib/presets/types"

const MAX_PRESETS = 100

export const presetNotFound = () => new AppError("preset:not_found")

/** As stored; values of another version that this one can't read get their defaults. */
async function toPresets(userId: string, rows: PresetRow[], language?: Language): Promise<Preset[]> {
  const read = rows.map(({ output }) => outputRequestSchema.nullable().safeParse(output).data)
  const schemas = read.flatMap((output) => (output?.type === "json_schema" ? [output.schema] : []))
  const problems = await problemsOf(userId, schemas)
  return rows.map(({ id, name, model, settings, isDefault }, index) => {
    const output = read[index]
    const found = output?.type === "json_schema" ? problems.shift() : null
    const unusable = found && sentence("preset:unusable", { problem: found.sentence ?? found.message })
    const problem = output === undefined ? sentence("preset:unreadable") : unusable
    return {
      ...{ id, name, model, settings: readSettings(settings), output: output ?? null, isDefault },
      problem: problem ? renderSentence(problem, language) : null,
    }
  })
}

/** Throws `preset:not_found`. */
async function toPreset(userId: string, row: PresetRow | null, language?: Language): Promise<Preset> {
  const [preset] = row ? await toPresets(userId, [row], language) : []
  if (!preset) throw presetNotFound()
  return preset
}

/** Oldest first. */
export const listPresets = async (userId: string, language?: Language): Promise<Preset[]> =>
  toPresets(userId, await presetsOf(userId), language)

/** The preset for the person's new conversations, or null. */
export async function defaultPreset(userId: string, language: Language): Promise<Preset | null> {
  const row = await defaultPresetOf(userId)
  return row && toPreset(userId, row, language)
}

/**
 * Stores a preset. Repeating the same id changes nothing. Throws `preset:not_found` if the id belongs to someone else,
 * `output:schema_invalid`, and `limit:reached` above 100 presets.
 */
export async function addPreset(userId: string, { id, ...data }: NewPreset): Promise<Preset> {
  const known = await findPreset(id, userId)
  if (known) return toPreset(userId, known)
  await checkOutput(userId, data.output)
  try {
    const made = await createWithinLimit(userId, {
      most: MAX_PRESETS,
      count: (client) => countPresets(client, userId),
      make: (client) => createPreset(client, id, userId, data),
    })
    if (!made) throw new AppError("limit:reached/presets", { values: { count: MAX_PRESETS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return toPreset(userId, await findPreset(id, userId))
  }
  return { id, ...data, problem: null }
}

/** Throws `preset:not_found`, `output:schema_invalid`. */
export async function changePreset(userId: string, id: string, change: PresetChange): Promise<void> {
  await checkOutput(userId, change.output)
  if (!(await updatePreset(id, userId, change))) throw presetNotFound()
}

/** Throws `preset:not_found`. */
export async function removePreset(userId: string, id: string): Promise<void> {
  if (!(await deletePreset(id, userId))) throw presetNotFound()
}
