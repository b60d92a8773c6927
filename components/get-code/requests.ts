import { api, unexpected } from "@/components/base/api"
import type { Code, CodeLanguage } from "@/lib/get-code/languages"
import { isRecord } from "@/lib/is-record"

/** Fetches the request behind an answer as code. Throws `ApiError` with a message for the user. */
export async function fetchCode(conversationId: string, messageId: string, language: CodeLanguage): Promise<Code> {
  const body: unknown = await api(`/api/conversations/${conversationId}/messages/${messageId}/code?as=${language}`)
  if (!isRecord(body) || typeof body.code !== "string" || !Array.isArray(body.files)) throw unexpected()
  return { code: body.code, files: body.files.map(String) }
}
