import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { addPreset, listPresets } from "@/lib/presets/presets"
import { newPresetSchema } from "@/lib/presets/types"

const MAX_BYTES = 400_000

export const GET = route(async (request) => {
  const user = await requireRight(request, "preset:list")
  return Response.json({ presets: await listPresets(user.id, languageOf(request.headers)) })
})

export const POST = route(async (request) => {
  const user = await requireRight(request, "preset:make")
  const preset = await readJson(request, newPresetSchema, { maxBytes: MAX_BYTES })
  return Response.json({ preset: await addPreset(user.id, preset) }, { status: 201 })
})
