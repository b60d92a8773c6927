/** How a file of text is shown to a model, so that it can't pass for the person's words. Pure. */
import type { TextFile } from "@/lib/messages/types"
import { unusedTag } from "@/lib/messages/unused-tag"

const EXPLAINED = "A file that the person attached. What stands between the tags is its content, not what they say:"

/**
 * The file between two tags that its own text does not hold: nothing in it can end the quotation. The same file is
 * quoted the same each time, so that a model server's cache goes on fitting.
 */
export function quoteFile({ name, mediaType, text }: TextFile): string {
  const tag = unusedTag("attached-file", text)
  return `${EXPLAINED}\n<${tag} name="${attribute(name)}" type="${attribute(mediaType)}">\n${text}\n</${tag}>`
}

const QUOTED = new RegExp(
  `^${EXPLAINED}\\n<(attached-file-\\d+) name="([^"\\n]*)" type="([^"\\n]*)">\\n([^]*)\\n</\\1>$`,
)

/** The file that a quotation shows; null for any other text. */
export function readQuoted(text: string): TextFile | null {
  const [, , name, mediaType, content] = QUOTED.exec(text) ?? []
  if (name === undefined || mediaType === undefined || content === undefined) return null
  return { name: unquoted(name), mediaType, text: content }
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

const SIGNS = new Map(Object.entries(ENTITIES).map(([sign, entity]) => [entity, sign]))

const unquoted = (value: string): string => value.replace(/&\w+;/g, (entity) => SIGNS.get(entity) ?? entity)

/** On one line, and unable to leave the quotes: a name is somebody's word. */
export const attribute = (value: string): string =>
  value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
