/** The contract between browser and server for presets and prompts. Only types and schemas. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { COMMAND, MAX_PRESET_NAME, MAX_PROMPT } from "@/lib/limits"
import { outputRequestSchema, settingsSchema } from "@/lib/messages/types"

const presetFields = {
  name: z.string().trim().min(1).max(MAX_PRESET_NAME),
  model: z.string().min(1).max(300).nullable(),
  settings: settingsSchema,
  output: outputRequestSchema.nullable(),
  /** Used for new conversations; at most one preset is the default. */
  isDefault: z.boolean(),
}

/** `POST /api/presets`. The client creates the id: repeating the same request changes nothing more. */
export const newPresetSchema = z
  .object({
    id: idSchema,
    ...presetFields,
    model: presetFields.model.default(null),
    settings: presetFields.settings.default({}),
    output: presetFields.output.default(null),
    isDefault: presetFields.isDefault.default(false),
  })
  .strict()
/** `PATCH /api/presets/{id}`. */
export const presetChangeSchema = z.object(presetFields).partial().strict()

export type NewPreset = z.infer<typeof newPresetSchema>
export type PresetChange = z.infer<typeof presetChangeSchema>
/** Named conversation settings. */
export interface Preset extends NewPreset {
  /** A sentence about what can't be used anymore. */
  problem: string | null
}

const promptFields = {
  command: z.string().regex(COMMAND, "a command has letters, digits, - and _ only, at most 40"),
  text: z.string().min(1).max(MAX_PROMPT),
}

/** `POST /api/prompts`, as for presets. */
export const newPromptSchema = z.object({ id: idSchema, ...promptFields }).strict()
/** `PATCH /api/prompts/{id}`. */
export const promptChangeSchema = z.object(promptFields).partial().strict()

export type PromptChange = z.infer<typeof promptChangeSchema>
/** A reusable text with its command. */
export type Prompt = z.infer<typeof newPromptSchema>
