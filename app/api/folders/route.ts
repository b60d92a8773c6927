import { requireRight } from "@/lib/auth/session"
import { makeFolder } from "@/lib/chat/list/folders"
import { outlineOf } from "@/lib/chat/list/list"
import { newFolderSchema } from "@/lib/chat/list/list-requests"
import type { ListOutline } from "@/lib/chat/list/sections"
import { notifyOutlineChanged } from "@/lib/chat/news/news"
import { readJson, route } from "@/lib/http/route"
import { receivedShares } from "@/lib/share/people"

const MAX_BYTES = 10_000

/**
 * `ListOutline`: the folders with their contents, the tags, the number of archived conversations, and what others have
 * shared with the person.
 */
export const GET = route(async (request) => {
  const user = await requireRight(request, "folder:list")
  const received = user.guest ? [] : await receivedShares(user.id)
  return Response.json({ ...(await outlineOf(user.id)), received } satisfies ListOutline, {
    headers: { "cache-control": "no-store" },
  })
})

/** Creates a folder. Repeating the request creates no second one. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "folder:make")
  const { id, name } = await readJson(request, newFolderSchema, { maxBytes: MAX_BYTES })
  await makeFolder(user.id, id, name)
  await notifyOutlineChanged(user.id)
  return Response.json({ folder: { id, name } }, { status: 201 })
})
