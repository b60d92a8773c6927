import { requireActor } from "@/lib/admin/actor"
import { changePerson, deletePerson, personChangeSchema, personNotFound } from "@/lib/admin/people"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

const MAX_BYTES = 2_000

/** `{disabled}`, `{admin}`, `{email}`, or `{quotas}`. */
export const PATCH = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:people")
  const id = await idIn(context, personNotFound)
  await changePerson(actor, id, await readJson(request, personChangeSchema, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204 })
})

/** Deletes the account with all of its data immediately. */
export const DELETE = route<IdContext>(async (request, context) => {
  const actor = await requireActor(request, "admin:people")
  await deletePerson(actor, await idIn(context, personNotFound))
  return new Response(null, { status: 204 })
})
