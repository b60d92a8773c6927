/** The tree of a conversation's messages. Pure. */
interface TreeNode {
  id: string
  parentId: string | null
}

/** Messages from the root to `leafId`; empty when there is no such message. A broken chain starts where it breaks. */
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

/** The newest leaf below `id` (itself, when nothing follows): always down the child that was added last. */
export function newestLeafUnder<T extends TreeNode>(messages: T[], id: string): string {
  const newestChild = new Map<string, string>()
  // Oldest first, so the last one wins.
  for (const { id: child, parentId } of messages) if (parentId !== null) newestChild.set(parentId, child)
  const seen = new Set<string>()
  let leaf = id
  while (!seen.has(leaf)) {
    seen.add(leaf)
    leaf = newestChild.get(leaf) ?? leaf
  }
  return leaf
}

/** For each message of `path` that has siblings: the ids of all of them, oldest first. */
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
}

/**
 * All answers that `leaf` is compared with, itself too, by their places; none when it is compared with none. What was
 * gone on from is decided: it is not compared any more.
 */
export function comparedWith<T extends ComparedNode>(messages: T[], leaf: T | undefined): T[] {
  if (!leaf || leaf.comparisonId === null) return []
  const compared = messages.filter(({ comparisonId }) => comparisonId === leaf.comparisonId)
  const ids = new Set<string | null>(compared.map(({ id }) => id))
  if (messages.some(({ parentId }) => ids.has(parentId))) return []
  return compared.sort((a, b) => (a.comparisonPlace ?? 0) - (b.comparisonPlace ?? 0))
}
