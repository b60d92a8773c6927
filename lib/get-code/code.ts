/** The request behind an answer as a runnable program. */
import type { SessionUser } from "@/lib/auth/sessions"
import { toCurl } from "@/lib/get-code/curl"
import { toAiSdk, toOpenAi } from "@/lib/get-code/javascript"
import type { Code, CodeLanguage } from "@/lib/get-code/languages"
import { toPython, toPythonOpenAi } from "@/lib/get-code/python"
import type { ModelRequest } from "@/lib/get-code/request"
import { requestOfAnswer } from "@/lib/get-code/request-of-answer"

const MAKERS: Record<CodeLanguage, (request: ModelRequest) => string> = {
  curl: toCurl,
  "openai-js": toOpenAi,
  "openai-python": toPythonOpenAi,
  python: toPython,
  "ai-sdk": toAiSdk,
}

/**
 * Throws `conversation:not_found`, also for other people's conversations, and `message:no_request` if there is no
 * request to show.
 */
export async function codeOfAnswer(
  user: SessionUser,
  conversationId: string,
  messageId: string,
  language: CodeLanguage,
): Promise<Code> {
  const request = await requestOfAnswer(user, conversationId, messageId)
  return { code: MAKERS[language](request), files: request.files.map(({ name }) => name) }
}
