import { requireActor } from "@/lib/admin/actor"
import { changeSettingsAsAdmin, settingsChangeSchema } from "@/lib/admin/settings"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { operatorSettings } from "@/lib/operator/settings"

const MAX_BYTES = 500_000

/** The operator's current settings. */
export const GET = route(async (request) => {
  await requireRight(request, "admin:access")
  return Response.json({ settings: await operatorSettings() })
})

/** Changes the given settings, all or none; null resets one to the environment's value. */
export const PATCH = route(async (request) => {
  const actor = await requireActor(request, "admin:access")
  const change = await readJson(request, settingsChangeSchema, { maxBytes: MAX_BYTES })
  return Response.json({ settings: await changeSettingsAsAdmin(actor, change) })
})
