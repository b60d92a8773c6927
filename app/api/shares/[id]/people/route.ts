import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"
import { addPerson, removePerson } from "@/lib/share/people"
import { personSchema } from "@/lib/share/requests"
import { shareNotFound } from "@/lib/share/shares"

/** Gives the account with exactly this email address access to a share. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "share:inside")
  const { email } = await readJson(request, personSchema, { maxBytes: 2_000 })
  return Response.json({ person: await addPerson(user.id, await idIn(context, shareNotFound), email) }, { status: 201 })
})

/** `?user=`: removes the access. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "share:inside")
  const { user: person } = readQuery(request, z.strictObject({ user: idSchema }))
  await removePerson(user.id, await idIn(context, shareNotFound), person)
  return new Response(null, { status: 204 })
})
