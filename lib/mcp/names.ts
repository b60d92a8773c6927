/** The names under which models call MCP tools: `server__tool`, valid for every model API, and unique. */
import { createHash } from "node:crypto"

/** Maximum length in characters of a name that every model API accepts. */
const MOST = 64
const MAX_SERVER = 24
const SEPARATOR = "__"

/** The prefix for a server's tools: letters, digits, `_` and `-`, neither of the latter twice in a row. */
export function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase()
    .slice(0, MAX_SERVER)
    .replace(/_+$/, "")
  // Names in other scripts are distinguished by a hash.
  return plain || `server_${hashOf(name)}`
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 6)

/** Names of a server's tools, in order: truncated or colliding names end with a hash. */
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

/** Whether this is the name of an MCP tool. Built-in tools don't contain the separator. */
export const isMcpTool = (name: string): boolean => name.includes(SEPARATOR)

/** A hash of a tool's self-description: changes when its description or schema does. */
export const fingerprintOf = (said: unknown): string =>
  createHash("sha256").update(stable(said)).digest("base64url").slice(0, 22)

/** JSON with sorted members. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${stable(member)}`).join(",")}}`
}
