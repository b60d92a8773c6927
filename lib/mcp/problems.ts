/** MCP server errors as messages for users. */
import {
  InsufficientScopeError,
  OAuthError,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  UnauthorizedError,
} from "@modelcontextprotocol/client"
import { ToolError } from "@/lib/ai/tools/define"
import { AppError } from "@/lib/http/errors"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"
import { redactKeys } from "@/lib/redact-keys"

const MAX_WORDS = 500

/** A server's error text, shortened and without keys. */
export const wordsOf = (text: string): string | undefined =>
  redactKeys(text.slice(0, 4_000)).replace(/\s+/g, " ").trim().slice(0, MAX_WORDS) || undefined

/** Whether the server requires sign-in, or more permissions than were granted. */
export const requiresSignIn = (error: unknown): boolean =>
  UnauthorizedError.isInstance(error) ||
  InsufficientScopeError.isInstance(error) ||
  (SdkHttpError.isInstance(error) && error.status === 401)

/** Scopes that a call was rejected for lacking; undefined for any other error. */
export const missingScope = (error: unknown): string | undefined =>
  InsufficientScopeError.isInstance(error) ? (error.requiredScope?.slice(0, 1_000) ?? "") : undefined

/** Any error as a message for the user and the model. `server`: its display name. */
export function problemOf(error: unknown, server: string): Sentence {
  if (error instanceof ToolError) return error.sentence
  if (error instanceof AppError) return { ...sentence("mcp:fetch", { server }), words: error.message }
  if (missingScope(error) !== undefined) return sentence("mcp:scope", { server })
  if (requiresSignIn(error)) return sentence("mcp:sign_in", { server })
  if (ProtocolError.isInstance(error)) return { ...sentence("mcp:refused", { server }), words: wordsOf(error.message) }
  if (SdkHttpError.isInstance(error)) return sentence("mcp:status", { server, status: error.status })
  if (SdkError.isInstance(error) && error.code === SdkErrorCode.RequestTimeout) return sentence("mcp:late", { server })
  if (OAuthError.isInstance?.(error)) return sentence("mcp:sign_in", { server })
  const told = error instanceof Error ? `${error.message} ${String(error.cause)} ${codeOf(error)}` : ""
  if (/fetch failed|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|socket|NOT_CONNECTED|ConnectionClosed/i.test(told))
    return sentence("mcp:unreachable", { server })
  return sentence("mcp:unreadable", { server })
}

const codeOf = (error: Error) => ("code" in error ? String(error.code) : "")

/** Whether no live session can have processed the call: it may be sent again on a new connection. */
export function isSafeToResend(error: unknown): boolean {
  if (SdkHttpError.isInstance(error)) return error.status === 400 || error.status === 404
  if (ProtocolError.isInstance(error)) return /session/i.test(error.message)
  return error instanceof Error && /ECONNREFUSED/.test(`${error.message} ${String(error.cause)}`)
}
