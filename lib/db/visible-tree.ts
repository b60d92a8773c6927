/** The tree of a conversation without individually deleted messages. Pure. */
interface Node {
  id: string
  parentId: string | null
  deletedAt: Date | null
}

/** The remaining nodes, each with its nearest remaining ancestor as parent. */
export function withoutDeleted<T extends Node>(nodes: T[]): T[] {
  const gone = new Map(nodes.flatMap(({ id, parentId, deletedAt }) => (deletedAt ? [[id, parentId]] : [])))
  if (gone.size === 0) return nodes
  return nodes
    .filter(({ deletedAt }) => !deletedAt)
    .map((node) => (gone.has(node.parentId ?? "") ? { ...node, parentId: leftBefore(gone, node.parentId) } : node))
}

/** The message itself, or its nearest ancestor that is not deleted; null if there is none, or a chain is circular. */
export function visibleFrom(nodes: Node[], id: string): string | null {
  return leftBefore(new Map(nodes.flatMap((node) => (node.deletedAt ? [[node.id, node.parentId]] : []))), id)
}

/** `gone` maps deleted nodes to their parents; lookups shorten the paths in it. */
function leftBefore(gone: Map<string, string | null>, id: string | null): string | null {
  const passed: string[] = []
  const seen = new Set<string>()
  let left = id
  while (left !== null && gone.has(left)) {
    if (seen.has(left)) {
      left = null
      break
    }
    seen.add(left)
    passed.push(left)
    left = gone.get(left) ?? null
  }
  for (const one of passed) gone.set(one, left)
  return left
}
