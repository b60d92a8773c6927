/** All live share links, for administrators; without the shared content. */
import { db } from "@/lib/db/client"

const live = () => ({
  revokedAt: null,
  conversation: { deletedAt: null },
  OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
})

export const LINK_ORDERS = ["newest", "reported"] as const
export type LinkOrder = (typeof LINK_ORDERS)[number]

const ORDER = {
  newest: [{ createdAt: "desc" }, { id: "desc" }],
  reported: [{ reports: { _count: "desc" } }, { createdAt: "desc" }],
} as const satisfies Record<LinkOrder, object>

export interface LinkRow {
  id: string
  token: string
  title: string
  createdAt: Date
  views: number
  inside: boolean
  /** It requires one. */
  passcode: boolean
  user: { id: string; name: string | null; email: string | null }
  /** Number of reports, and the latest ones. */
  reported: number
  reports: { id: string; reason: string }[]
}

/** A page of links. */
export async function listLinks(
  order: LinkOrder,
  { limit, offset }: { limit: number; offset: number },
): Promise<LinkRow[]> {
  const rows = await db().share.findMany({
    where: live(),
    orderBy: [...ORDER[order]],
    take: limit,
    skip: offset,
    omit: { messages: true, imageIds: true, options: true },
    include: {
      user: { select: { id: true, name: true, email: true } },
      reports: { orderBy: { createdAt: "desc" }, take: 5 },
      _count: { select: { reports: true } },
    },
  })
  return rows.map(({ passcodeHash, _count, ...row }) => ({
    ...row,
    passcode: passcodeHash !== null,
    reported: _count.reports,
  }))
}

export const countLinks = () => db().share.count({ where: live() })

/** A live link and its owner; null if there is none. */
export const findLink = (id: string) =>
  db().share.findFirst({ where: { id, revokedAt: null }, select: { title: true, userId: true } })
