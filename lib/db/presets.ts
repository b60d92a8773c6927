import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Preset } from "@/lib/db/generated/sqlite/client"

export type PresetRow = Preset

interface PresetData {
  name: string
  model: string | null
  settings: unknown
  output: unknown
  isDefault: boolean
}

/** The user's presets, oldest first. */
export const presetsOf = (userId: string) =>
  db().preset.findMany({ where: { userId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })

export const defaultPresetOf = (userId: string) => db().preset.findFirst({ where: { userId, isDefault: true } })

export const countPresets = (client: Transaction, userId: string) => client.preset.count({ where: { userId } })

export const findPreset = (id: string, userId: string) => db().preset.findFirst({ where: { id, userId } })

/** Creates a preset. Fails if the ID is taken. If it is the default, no other preset of this user stays so. */
export async function createPreset(
  client: Transaction,
  id: string,
  userId: string,
  { name, settings, output, ...rest }: PresetData,
) {
  if (rest.isDefault) await clearDefault(client, userId)
  return client.preset.createMany({
    data: [{ ...rest, id, userId, name: cleanText(name), settings: toJson(settings), output: toNullableJson(output) }],
  })
}

/** Changes a preset of this user; false if there is none. */
export async function updatePreset(id: string, userId: string, change: Partial<PresetData>): Promise<boolean> {
  const { name, settings, output, ...rest } = change
  // The current default must stay if this preset doesn't exist.
  if (rest.isDefault && !(await findPreset(id, userId))) return false
  const client = db()
  const results = await client.$transaction([
    ...(rest.isDefault ? [clearDefault(client, userId)] : []),
    client.preset.updateMany({
      where: { id, userId },
      data: {
        ...rest,
        ...(name === undefined ? {} : { name: cleanText(name) }),
        ...(settings === undefined ? {} : { settings: toJson(settings) }),
        ...(output === undefined ? {} : { output: toNullableJson(output) }),
      },
    }),
  ])
  return results.at(-1)?.count === 1
}

const clearDefault = (client: Transaction, userId: string) =>
  client.preset.updateMany({ where: { userId, isDefault: true }, data: { isDefault: false } })

/** Removes a preset of this user; false if there is none. */
export async function deletePreset(id: string, userId: string): Promise<boolean> {
  const { count } = await db().preset.deleteMany({ where: { id, userId } })
  return count === 1
}
