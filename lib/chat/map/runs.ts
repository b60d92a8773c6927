/** Splits a tree of messages into runs between its forks. Pure, linear in the messages. */

export interface MapNode {
  id: string
  parentId: string | null
  createdAt: Date
}

export interface Run<T extends MapNode> {
  parent: string | null
  messages: T[]
}

/** The runs, each after its parent, starting with the roots. A message with a missing parent counts as a root. */
export function runsOf<T extends MapNode>(nodes: T[]): Run<T>[] {
  const known = new Set(nodes.map(({ id }) => id))
  const children = new Map<string | null, T[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(node)
    else children.set(parent, [node])
  }
  const runs: Run<T>[] = []
  const waiting = (children.get(null) ?? []).map((first) => ({ first, parent: null as string | null }))
  for (let at = 0; at < waiting.length; at++) {
    const { first, parent } = waiting[at] ?? {}
    if (!first) continue
    const messages = [first]
    let next = children.get(first.id) ?? []
    while (next.length === 1 && next[0]) {
      messages.push(next[0])
      next = children.get(next[0].id) ?? []
    }
    runs.push({ parent: parent ?? null, messages })
    waiting.push(...next.map((child) => ({ first: child, parent: first.id })))
  }
  return runs
}
