/** A person's presets: settings of a conversation under a name. The owner is part of every question. */
import { readSettings } from "@/lib/chat/settings"
import { type OutputRequest, outputRequestSchema } from "@/lib/chat/types"
import { isUniqueViolation } from "@/lib/db/errors"
import { makeUnlessFull } from "@/lib/db/limits"
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
import { ensureUser } from "@/lib/db/users"
import { AppError } from "@/lib/http/errors"
import { checkOutput } from "@/lib/output/check"
import { checkSchema } from "@/lib/output/validate"
import type { NewPreset, Preset, PresetChange } from "@/lib/presets/types"

const MOST_PRESETS = 100

export const presetNotFound = () => new AppError("preset:not_found", "This preset does not exist any more.")

/** Milliseconds for the schemas of one list: all answers wait meanwhile. A wrong one beyond it is refused when it is sent. */
const CHECK_MS = 300

/**
 * As it was stored; what another version wrote and this one can't read is left at its default. Whether its schema can
 * be used is looked at until `until`.
 */
function toPreset({ id, name, model, settings, output, isDefault }: PresetRow, until: number): Preset {
  const { data: read } = outputRequestSchema.nullable().safeParse(output)
  const problem = read === undefined ? UNREADABLE : Date.now() < until ? problemOf(read) : null
  return { id, name, model, settings: readSettings(settings), output: read ?? null, isDefault, problem }
}

const UNREADABLE = "Its structured output can't be read any more, and is left out."

function problemOf(output: OutputRequest | null): string | null {
  const [problem] = output?.type === "json_schema" ? checkSchema(output.schema) : []
  return problem ? `Its schema can't be used any more: ${problem.message}` : null
}

/** Oldest first. */
export async function listPresets(userId: string): Promise<Preset[]> {
  const rows = await presetsOf(userId)
  const until = Date.now() + CHECK_MS
  return rows.map((row) => toPreset(row, until))
}

/** What the person's new conversations begin with, or null. */
export async function defaultPreset(userId: string): Promise<Preset | null> {
  const row = await defaultPresetOf(userId)
  return row && toPreset(row, Date.now() + CHECK_MS)
}

/**
 * Keeps a preset. The same id again changes nothing. Throws `preset:not_found` when the id is somebody else's,
 * `output:schema_invalid`, `limit:reached` from 100 presets on.
 */
export async function addPreset(userId: string, { id, ...data }: NewPreset): Promise<Preset> {
  const known = await findPreset(id, userId)
  if (known) return toPreset(known, Date.now() + CHECK_MS)
  checkOutput(data.output)
  await ensureUser(userId)
  try {
    const made = await makeUnlessFull(userId, {
      most: MOST_PRESETS,
      count: (client) => countPresets(client, userId),
      make: (client) => createPreset(client, id, userId, data),
    })
    if (!made)
      throw new AppError("limit:reached", `You have ${MOST_PRESETS} presets, the most there can be. Delete one first.`)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const mine = await findPreset(id, userId)
    if (!mine) throw presetNotFound()
    return toPreset(mine, Date.now() + CHECK_MS)
  }
  return { id, ...data, problem: null }
}

/** Throws `preset:not_found`, `output:schema_invalid`. */
export async function changePreset(userId: string, id: string, change: PresetChange): Promise<void> {
  checkOutput(change.output)
  if (!(await updatePreset(id, userId, change))) throw presetNotFound()
}

/** Throws `preset:not_found`. */
export async function removePreset(userId: string, id: string): Promise<void> {
  if (!(await deletePreset(id, userId))) throw presetNotFound()
}
