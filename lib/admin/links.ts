/** Everyone's shared links. An administrator can see their content only like anyone else: by opening the link. */
import type { Actor } from "@/lib/admin/actor"
import { countLinks, findLink, type LinkOrder, listLinks } from "@/lib/db/people/links"
import { revokeShare, shareNotFound } from "@/lib/share/shares"

export const LINKS_PER_PAGE = 50

export async function linksPage(order: LinkOrder, page: number) {
  const [links, total] = await Promise.all([
    listLinks(order, { limit: LINKS_PER_PAGE, offset: (page - 1) * LINKS_PER_PAGE }),
    countLinks(),
  ])
  return { links, total }
}

/** Revokes someone's link, as they could themselves. Throws `share:not_found`. */
export async function removeLink(actor: Actor, id: string): Promise<void> {
  const link = await findLink(id)
  if (!link) throw shareNotFound()
  await revokeShare(link.userId, id)
  await actor.note({ action: "share.removed", target: { id, name: link.title }, details: { owner: link.userId } })
}
