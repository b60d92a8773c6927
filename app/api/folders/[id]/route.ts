import { requireRight } from "@/lib/auth/session"
import {
  folderNotFound,
  removeFolder,
  restoreDeletedFolder,
  setFolderName,
  setFolderTools,
} from "@/lib/chat/list/folders"
import { folderChangeSchema } from "@/lib/chat/list/list-requests"
import { notifyOutlineChanged } from "@/lib/chat/news/news"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

const MAX_BYTES = 40_000

/** Renames it, sets the tools for its new conversations, or restores a deleted folder with its contents. */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "folder:change")
  const id = await idIn(context, folderNotFound)
  const change = await readJson(request, folderChangeSchema, { maxBytes: MAX_BYTES })
  if ("name" in change) await setFolderName(user.id, id, change.name)
  else if ("tools" in change) await setFolderTools(user.id, id, change.tools)
  else await restoreDeletedFolder(user.id, id)
  await notifyOutlineChanged(user.id)
  return new Response(null, { status: 204 })
})

/** Soft-deletes; the conversations return to the list. `PATCH {deleted: false}` undoes it within 30 days. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "folder:change")
  await removeFolder(user.id, await idIn(context, folderNotFound))
  await notifyOutlineChanged(user.id)
  return new Response(null, { status: 204 })
})
