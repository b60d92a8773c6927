/** How a model calls the tools of MCP servers: `server__tool`, safe for every model API, each name once. */
import { createHash } from "node:crypto"

/** Characters of a name that every model API takes. */
const MOST = 64
const MOST_SERVER = 24
const SEPARATOR = "__"

/** A server's name as its tools begin: letters, digits, `_` and `-`, none of them twice in a row. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase()
    .slice(0, MOST_SERVER)
    .replace(/_+$/, "")
  // A name in another script is told apart by its hash.
  return plain || `server_${hashOf(name)}`
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 6)

/** Names of a server's tools, in their order: cut ones and those that would be the same end with a hash of their own. */
export function toolNamesOf(server: string, tools: string[]): string[] {
  const room = MOST - server.length - SEPARATOR.length
  const plain = tools.map((tool) => tool.replace(/[^A-Za-z0-9_-]/g, "_"))
  const taken = new Map<string, number>()
  for (const name of plain) taken.set(name, (taken.get(name) ?? 0) + 1)
  return plain.map((name, place) => {
    const own = tools[place] ?? ""
    const clear = name === own && name.length <= room && name !== ""
    const end = `_${hashOf(own)}`
    const made =
      clear || (name.length <= room && taken.get(name) === 1 && name !== "")
        ? name
        : name.slice(0, room - end.length) + end
    return `${server}${SEPARATOR}${made}`
  })
}

/** Is this the name of a server's tool? Those of Sparkler's own have no such mark. */
export const isServersTool = (name: string): boolean => name.includes(SEPARATOR)

/** What a tool says of itself, in short: changes when its description or schema does. */
export const fingerprintOf = (said: unknown): string =>
  createHash("sha256").update(stable(said)).digest("base64url").slice(0, 22)

/** JSON whose members stand in one order. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${stable(member)}`).join(",")}}`
}
