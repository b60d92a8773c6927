/** The tree of a conversation's messages. Pure. */
interface TreeNode {
  id: string
  parentId: string | null
}

/** Messages from the root to `leafId`; empty if there is no such message. A broken chain starts where it breaks. */
export function pathTo<T extends TreeNode>(messages: T[], leafId: string | null): T[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const path: T[] = []
  const seen = new Set<string>()
  let next = leafId === null ? undefined : byId.get(leafId)
  while (next && !seen.has(next.id)) {
    seen.add(next.id)
    path.push(next)
    next = next.parentId === null ? undefined : byId.get(next.parentId)
  }
  return path.reverse()
}

interface ChosenNode extends TreeNode {
  createdAt: Date
  /** When it was last preferred over its siblings; null: never since this is recorded. */
  chosenAt: Date | null
}

/** The leaf below `id` (`id` itself if nothing follows): at each fork, the child that was chosen or added last. */
export function chosenLeafUnder<T extends ChosenNode>(messages: T[], id: string): string {
  const children = new Map<string, T>()
  // Sorted oldest first, so with equal times the last one wins, unless another one was chosen.
  for (const child of messages) {
    if (child.parentId === null) continue
    const known = children.get(child.parentId)
    if (!known || isLater(child, known)) children.set(child.parentId, child)
  }
  const seen = new Set<string>()
  let leaf = id
  while (!seen.has(leaf)) {
    seen.add(leaf)
    leaf = children.get(leaf)?.id ?? leaf
  }
  return leaf
}

/** The leaf of the branch that was chosen or added last, overall; null if there are no messages. */
export function chosenLeafOfAll<T extends ChosenNode>(messages: T[]): string | null {
  const [first, ...others] = messages.filter(({ parentId }) => parentId === null)
  if (!first) return null
  const root = others.reduce((known, other) => (isLater(other, known) ? other : known), first)
  return chosenLeafUnder(messages, root.id)
}

const momentOf = ({ chosenAt, createdAt }: ChosenNode): number => (chosenAt ?? createdAt).getTime()

const isLater = (one: ChosenNode, other: ChosenNode): boolean =>
  momentOf(one) === momentOf(other) ? one.chosenAt !== null || other.chosenAt === null : momentOf(one) > momentOf(other)

/**
 * What counts as chosen when the branch of `id` is shown: the messages on the path to it, including itself, that have
 * siblings.
 */
export function choicesOn<T extends TreeNode>(messages: T[], id: string): string[] {
  return Object.keys(siblingsOf(messages, pathTo(messages, id)))
}

/** The time of a choice made now: after all others, even if the clock was set back. */
export const choiceTimestamp = (messages: ChosenNode[], now = Date.now()): Date =>
  new Date(messages.reduce((latest, message) => Math.max(latest, momentOf(message) + 1), now))

/** For each message of `path` with siblings: the IDs of all of them, oldest first. */
export function siblingsOf<T extends TreeNode>(messages: T[], path: T[]): Record<string, string[]> {
  const byParent = new Map<string | null, string[]>()
  for (const { id, parentId } of messages) byParent.set(parentId, [...(byParent.get(parentId) ?? []), id])
  const siblings: Record<string, string[]> = {}
  for (const { id, parentId } of path) {
    const ids = byParent.get(parentId) ?? []
    if (ids.length > 1) siblings[id] = ids
  }
  return siblings
}

interface ComparedNode extends TreeNode {
  comparisonId: string | null
  comparisonPlace: number | null
  decidedAt: Date | null
}

/** The comparison that an answer belongs to while it is open; null: none. */
export const openComparisonOf = ({ comparisonId, decidedAt }: Pick<ComparedNode, "comparisonId" | "decidedAt">) =>
  decidedAt ? null : comparisonId

/**
 * All answers that `leaf` is compared with, including itself, by place; empty if there is no comparison. An answer with
 * replies is decided and no longer compared.
 */
export function comparedWith<T extends ComparedNode>(messages: T[], leaf: T | undefined): T[] {
  if (!leaf || openComparisonOf(leaf) === null) return []
  const compared = messages.filter(({ comparisonId }) => comparisonId === leaf.comparisonId)
  const ids = new Set<string | null>(compared.map(({ id }) => id))
  if (messages.some(({ parentId }) => ids.has(parentId))) return []
  return compared.sort((a, b) => (a.comparisonPlace ?? 0) - (b.comparisonPlace ?? 0))
}
