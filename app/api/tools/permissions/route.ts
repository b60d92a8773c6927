import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { permissionsOf, revokePermission } from "@/lib/db/tools/permissions"
import { AppError } from "@/lib/http/errors"
import { readJson, route } from "@/lib/http/route"

/**
 * The person's standing permissions for tools, newest first: `{permissions: [{id, tool, createdAt, conversation: {id,
 * title} | null}]}`.
 */
export const GET = route(async (request) => {
  const user = await requireRight(request, "conversation:list")
  return Response.json({ permissions: await permissionsOf(user.id) })
})

/** Revokes one: `{id}`. */
export const DELETE = route(async (request) => {
  const user = await requireRight(request, "conversation:list")
  const { id } = await readJson(request, z.strictObject({ id: z.string().min(1).max(300) }), { maxBytes: 1_000 })
  if (!(await revokePermission(user.id, id))) throw new AppError("tool:not_permitted")
  return new Response(null, { status: 204 })
})
