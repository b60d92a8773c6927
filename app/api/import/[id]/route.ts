import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { cancelImport, importState, startImport } from "@/lib/import/import"
import { storageLimit } from "@/lib/quota/quotas"

const MAX_BYTES = 200_000
const place = z.number().int().min(0).max(1_000_000)
/** First and last index of each range of chats. */
const chosen = z.strictObject({
  chats: z
    .array(z.tuple([place, place]))
    .min(1)
    .max(5_000),
})

const notFound = () => new AppError("import:not_found")

/** The state of the import. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "data:import")
  return Response.json(await importState(user.id, await idIn(context, notFound), languageOf(request.headers)))
})

/** Imports the chosen chats. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "data:import")
  const id = await idIn(context, notFound)
  const { chats } = await readJson(request, chosen, { maxBytes: MAX_BYTES })
  await startImport(user.id, id, chats, await storageLimit(user))
  return new Response(null, { status: 202 })
})

/** Cancels it, or removes what is left of it. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "data:import")
  await cancelImport(user.id, await idIn(context, notFound))
  return new Response(null, { status: 204 })
})
