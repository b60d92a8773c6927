/**
 * What Sparkler's own export contains besides chats: presets, prompts, schemas, grids, evals, notes on models, and how
 * they were judged.
 */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { setImageSupport } from "@/lib/chat/model-image-support"
import { isUniqueViolation } from "@/lib/db/errors"
import { addChoices } from "@/lib/db/model-choices"
import { allVersionsOf } from "@/lib/db/schemas/schemas"
import { AppError } from "@/lib/http/errors"
import { importEvals } from "@/lib/import/evals"
import { importGrids } from "@/lib/import/grids"
import { readManifestFile } from "@/lib/import/stage"
import { modelIdSchema } from "@/lib/messages/types"
import { addPreset, listPresets } from "@/lib/presets/presets"
import { addPrompt, listPrompts } from "@/lib/presets/prompts"
import { newPresetSchema, newPromptSchema } from "@/lib/presets/types"
import { importSchema } from "@/lib/schemas/schemas"
import { newSchemaSchema } from "@/lib/schemas/types"

/** Maximum number of versions of a schema to import, newest first. */
const MAX_VERSIONS = 100

/** Invalid items are dropped individually. */
const each = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.flatMap((value) => {
        const read = schema.safeParse(value)
        return read.success ? [read.data] : []
      }),
    )

const manifestSchema = z.object({
  presets: each(newPresetSchema),
  prompts: each(newPromptSchema),
  schemas: each(
    newSchemaSchema
      .pick({ name: true, description: true })
      .extend({
        versions: z
          .array(newSchemaSchema.pick({ text: true, note: true }).extend({ createdAt: z.iso.datetime() }).strip())
          .min(1)
          .transform((versions) => versions.slice(-MAX_VERSIONS)),
      })
      .strip(),
  ),
  models: each(z.object({ model: modelIdSchema, images: z.boolean() })),
  choices: each(
    z.object({
      comparisonId: z.string().min(1).max(100),
      blind: z.boolean(),
      models: z.array(modelIdSchema).max(10),
      winner: modelIdSchema.nullable(),
      outcome: z.enum(["better", "tie", "bad"]),
      createdAt: z.iso.datetime(),
    }),
  ),
})

/** Adds what doesn't exist yet. Anything over the limits is skipped. */
export async function importExtras(userId: string, importId: string): Promise<void> {
  await importGrids(userId, importId)
  await importEvals(userId, importId)
  const manifest = manifestSchema.safeParse((await readManifestFile(userId, importId)) ?? {}).data
  if (!manifest) return
  const { presets, prompts, schemas, models, choices } = manifest
  const [ownPresets, ownPrompts] = await Promise.all([listPresets(userId), listPrompts(userId)])
  const named = new Set(ownPresets.map(({ name }) => name))
  const hasDefault = ownPresets.some(({ isDefault }) => isDefault)
  for (const preset of presets)
    if (!named.has(preset.name))
      await unlessFull(addPreset(userId, { ...preset, id: uuidv7(), isDefault: preset.isDefault && !hasDefault }))
  const commands = new Set(ownPrompts.map(({ command }) => command))
  for (const prompt of prompts)
    if (!commands.has(prompt.command)) await unlessFull(addPrompt(userId, { ...prompt, id: uuidv7() }))
  await importSchemas(userId, schemas)
  for (const { model, images } of models) await unlessFull(setImageSupport(userId, model, images))
  await addChoices(userId, choices)
}

/** A schema with the same name and the same latest text already exists. */
async function importSchemas(userId: string, schemas: z.infer<typeof manifestSchema>["schemas"]): Promise<void> {
  const keyOf = (name: string, text: string | undefined) => JSON.stringify([name, text])
  const own = new Set((await allVersionsOf(userId)).map(({ name, versions }) => keyOf(name, versions.at(-1)?.text)))
  for (const { name, description, versions } of schemas) {
    if (own.has(keyOf(name, versions.at(-1)?.text))) continue
    const texts = versions.map(({ createdAt, ...version }) => ({ ...version, createdAt: new Date(createdAt) }))
    await unlessFull(importSchema(userId, { id: uuidv7(), name, description }, texts))
  }
}

async function unlessFull(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    const known = error instanceof AppError || isUniqueViolation(error)
    if (!known) throw error
  }
}
