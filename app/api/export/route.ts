import { requireRight } from "@/lib/auth/session"
import { exportAll } from "@/lib/export/export"
import { route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

/** All of the person's data as a zip. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "data:export")
  return exportAll(user.id, languageOf(request.headers))
})
