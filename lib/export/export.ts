/** Exports as responses: all of a person's data, or one chat. */
import { conversationNotFound } from "@/lib/chat/conversations"
import { countListed, findListed } from "@/lib/db/listing"
import { exportArchive } from "@/lib/export/archive"
import { chatHtml } from "@/lib/export/chat-html"
import { chatJson } from "@/lib/export/chat-json"
import { chatMarkdown } from "@/lib/export/markdown"
import { safeName } from "@/lib/export/names"
import { isExporting, oneAtATime } from "@/lib/export/running"
import { attachment } from "@/lib/http/disposition"
import type { Language } from "@/lib/i18n/language"

const headersOf = (type: string, name: string) => ({
  "content-type": type,
  "content-disposition": attachment(name),
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "no-store",
})

/** How many chats an export would include, and whether one is running. */
export const exportState = async (userId: string) => ({
  chats: await countListed(userId),
  running: isExporting(userId),
})

/** All of this person's data as a zip. Throws `limit:reached` while another export is running, and `work:busy`. */
export async function exportAll(userId: string, language: Language): Promise<Response> {
  const body = oneAtATime(userId, () => exportArchive({ userId, language }))
  const name = `sparkler-${new Date().toISOString().slice(0, 10)}.zip`
  return new Response(body, { headers: headersOf("application/zip", name) })
}

export const CHAT_FORMATS = ["md", "html", "json", "zip"] as const
const TYPES = { json: "application/json", html: "text/html", md: "text/markdown" }
export type ChatFormat = (typeof CHAT_FORMATS)[number]

/**
 * One chat: its current branch as Markdown or HTML, all branches as JSON, or both with its images as a zip. Throws
 * `conversation:not_found`.
 */
export async function exportChat(userId: string, id: string, as: ChatFormat, language: Language): Promise<Response> {
  const row = await findListed(id, userId)
  if (!row || row.temporary) throw conversationNotFound()
  const name = `${safeName(row.title, "chat")}.${as}`
  if (as === "zip") {
    const body = oneAtATime(userId, () => exportArchive({ userId, language, only: row }))
    return new Response(body, { headers: headersOf("application/zip", name) })
  }
  const pieces = {
    json: () => chatJson(userId, row, []),
    html: () => chatHtml(userId, row, language),
    md: () => chatMarkdown(userId, row, { language, imagePath: () => null, problems: [] }),
  }[as]
  return new Response(
    oneAtATime(userId, () => asBytes(pieces())),
    { headers: headersOf(`${TYPES[as]}; charset=utf-8`, name) },
  )
}

function asBytes(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}
