import { deleteAllChats } from "@/lib/accounts/all-chats"
import { requireRight } from "@/lib/auth/session"
import { branchSchema, makeBranch } from "@/lib/chat/branching"
import { changeConversations, listPage } from "@/lib/chat/list/list"
import { bulkSchema, listQuerySchema } from "@/lib/chat/list/list-requests"
import { tell, tellAll } from "@/lib/chat/news/news"
import { stopConversations } from "@/lib/generation/stop"
import { readJson, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

const MAX_BYTES = 50_000

/** `ListPage`: the newest entries of a section of the list, or those after a cursor. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "conversation:list")
  const { in: section, ...page } = readQuery(request, listQuerySchema)
  return Response.json(await listPage(user.id, section, page), { headers: { "cache-control": "no-store" } })
})

/**
 * One change for up to 500 conversations: for all of them if they belong to the person, or for none. Soft-deletes, like
 * `DELETE` of one.
 */
export const PATCH = route(async (request) => {
  const user = await requireRight(request, "conversation:change")
  const { ids, ...change } = await readJson(request, bulkSchema, { maxBytes: MAX_BYTES })
  if ("deleted" in change && change.deleted) await stopConversations(user.id, ids)
  await changeConversations(user.id, ids, change)
  await tellAll(user.id, ids)
  return new Response(null, { status: 204 })
})

/**
 * Creates a conversation with a copy of another one's messages up to a given one. Repeating the request creates no
 * second copy.
 */
export const POST = route(async (request) => {
  const user = await requireRight(request, "conversation:copy")
  const asked = await readJson(request, branchSchema, { maxBytes: MAX_BYTES })
  const conversation = await makeBranch(user.id, asked, languageOf(request.headers))
  await tell(user.id, conversation.id)
  return Response.json({ conversation }, { status: 201 })
})

/** Soft-deletes all of them: `{count, deletedAt}`. `POST /api/conversations/restore {deletedAt}` undoes it. */
export const DELETE = route(async (request) => {
  const user = await requireRight(request, "conversation:delete")
  return Response.json(await deleteAllChats(user.id))
})
