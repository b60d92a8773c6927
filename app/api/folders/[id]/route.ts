import { requireUser } from "@/lib/auth/session"
import { bringBackFolder, folderNotFound, nameFolder, removeFolder } from "@/lib/chat/folders"
import { folderChangeSchema } from "@/lib/chat/list-requests"
import { tellOutline } from "@/lib/chat/news"
import { isId, readJson, route } from "@/lib/http/route"

type Context = { params: Promise<{ id: string }> }

const MAX_BYTES = 10_000

async function idOf({ params }: Context): Promise<string> {
  const { id } = await params
  if (!isId(id)) throw folderNotFound()
  return id
}

/** Names it, or brings a deleted one back with what was in it. */
export const PATCH = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  const id = await idOf(context)
  const change = await readJson(request, folderChangeSchema, { maxBytes: MAX_BYTES })
  if ("name" in change) await nameFolder(user.id, id, change.name)
  else await bringBackFolder(user.id, id)
  tellOutline(user.id)
  return new Response(null, { status: 204 })
})

/** Deletes softly; the conversations go back to the list. `PATCH {deleted: false}` undoes it within 30 days. */
export const DELETE = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  await removeFolder(user.id, await idOf(context))
  tellOutline(user.id)
  return new Response(null, { status: 204 })
})
