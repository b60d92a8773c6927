/** The data for the map of a conversation's branches. The caller has checked the owner. */
import { db, idList, raw } from "@/lib/db/client"
import { withoutDeleted } from "@/lib/db/visible-tree"

/** The messages of all branches without their content, oldest first. */
export const mapNodesOf = async (conversationId: string) =>
  withoutDeleted(
    await db().message.findMany({
      where: { conversationId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: {
        ...{ id: true, parentId: true, role: true, status: true, model: true, blind: true },
        ...{ createdAt: true, deletedAt: true },
      },
    }),
  )

/** Messages per read, and characters of each one's stored form that are searched for its text. */
const AT_ONCE = 100
const LOOKED_AT = 3_000

/**
 * A few hundred characters from the start of each message's text; calls `between` after each batch so that others can
 * run.
 */
export async function textPrefixesOf(
  conversationId: string,
  ids: string[],
  between: () => Promise<unknown>,
): Promise<Map<string, string>> {
  const beginnings = new Map<string, string>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await raw().read({
      sql: `SELECT "id", "role", SUBSTR(CAST("parts" AS TEXT), 1, ${LOOKED_AT}) AS "begin" FROM "Message"
        WHERE "conversationId" = ? AND "id" IN ${idList()}`,
      values: [conversationId, JSON.stringify(ids.slice(from, from + AT_ONCE))],
    })
    for (const { id, role, begin } of rows) beginnings.set(String(id), wordsIn(String(begin), role === "user"))
    await between()
  }
  return beginnings
}

/** A text part, with its members in the order of either database; it may be truncated. */
const TEXT =
  /\{"type":\s*"text"(?:,\s*"[a-z]+":\s*"[^"\\]*")*?,\s*"text":\s*"((?:[^"\\]|\\.)*)|\{"text":\s*"((?:[^"\\]|\\.)*)",\s*"type":\s*"text"/

/** A user's text that is truncated. */
const CUT_OFF = /\{"text":\s*"((?:[^"\\]|\\.)*)$/

/** Truncated text of a model may also be reasoning, so it is not used. */
function wordsIn(stored: string, ofPerson: boolean): string {
  const [, first, second] = TEXT.exec(stored) ?? (ofPerson ? CUT_OFF.exec(stored) : null) ?? []
  const escaped = (first ?? second ?? "").replace(/\\(?:u[0-9a-f]{0,3})?$/i, "")
  try {
    const words: unknown = JSON.parse(`"${escaped}"`)
    return typeof words === "string" ? words : ""
  } catch {
    return ""
  }
}

/** The text of these messages, in order. */
export async function textsOfMessages(conversationId: string, ids: string[]): Promise<string[]> {
  const rows = await db().message.findMany({
    where: { conversationId, id: { in: ids } },
    select: { id: true, parts: true },
  })
  const texts = new Map(rows.map(({ id, parts }) => [id, textIn(parts)]))
  return ids.map((id) => texts.get(id) ?? "")
}

function textIn(parts: unknown): string {
  if (!Array.isArray(parts)) return ""
  const isText = (part: unknown): part is { text: string } =>
    typeof part === "object" && part !== null && "type" in part && part.type === "text" && "text" in part
  return parts.flatMap((part) => (isText(part) && part.text ? [part.text] : [])).join("\n\n")
}
