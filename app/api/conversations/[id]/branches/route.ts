import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { branchMap, compareBranches, comparedBranchesSchema } from "@/lib/chat/map/map"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"

/**
 * `BranchMap`: forks and the branches between them. With `a` and `b`, two messages: the `BranchComparison` of their
 * branches.
 */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  const id = await idIn(context, conversationNotFound)
  const { a, b } = readQuery(request, comparedBranchesSchema)
  return Response.json(a && b ? await compareBranches(user.id, id, [a, b]) : await branchMap(user.id, id))
})
