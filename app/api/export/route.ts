import { requireRight } from "@/lib/auth/session"
import { exportAll } from "@/lib/export/export"
import { route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

/** Everything that is the person's, as a zip. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "data:export")
  return exportAll(user.id, languageOf(request.headers))
})
