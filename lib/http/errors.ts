import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import type { Sentence, Values } from "@/lib/i18n/sentence.types"
import { renderSentence, type SentenceKey } from "@/lib/i18n/sentences"

interface Options {
  /** The message's parameters; `sentences.test.ts` checks that they match. */
  values?: Values
  /** An upstream server's error text, quoted after the message. */
  words?: string
  /** For programs, in addition to code and message. */
  details?: Record<string, unknown>
  /** Seconds after which a retry makes sense. */
  retryAfterS?: number
  cause?: unknown
}

/**
 * The class of all expected errors. `key` is that of its message in `lib/i18n/en.sentences.json`: the code, which is
 * for programs, and after a slash the variant of the message. The message is localized where the error leaves the
 * server; `message` is the English one, for the log, as is `cause`. Any other thrown value is a bug of ours and becomes
 * `server:internal` in the route.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly sentence: Sentence
  readonly details?: Record<string, unknown>
  readonly retryAfterS?: number

  constructor(
    readonly key: ErrorKey,
    { values, words, details, retryAfterS, cause }: Options = {},
  ) {
    const sentence = { key, ...(values ? { values } : {}), ...(words ? { words } : {}) }
    super(renderSentence(sentence), { cause })
    this.name = "AppError"
    this.code = codeOf(key)
    this.status = STATUS[this.code]
    this.sentence = sentence
    this.details = details
    this.retryAfterS = retryAfterS
  }

  /** The same error with more details for programs. */
  with(details: Record<string, unknown>): AppError {
    const { values, words } = this.sentence
    const { retryAfterS } = this
    return new AppError(this.key, { values, words, details: { ...this.details, ...details }, retryAfterS, cause: this })
  }

  /** The English message without the upstream server's text, which may echo the request: for the log. */
  get withoutWords(): string {
    const { key, values } = this.sentence
    return renderSentence(values ? { key, values } : { key })
  }

  /** The localized message. */
  messageIn(language: Language): string {
    return renderSentence(this.sentence, language)
  }
}

const STATUS = {
  "request:invalid": 400,
  "request:too_large": 413,
  "request:origin": 403,
  "request:method": 405,
  "request:expectation": 417,
  "auth:required": 401,
  "auth:forbidden": 403,
  "auth:guests_off": 403,
  "auth:not_found": 404,
  // Not 401, which means that the session has ended.
  "account:credentials": 403,
  "account:off": 403,
  "account:unconfirmed": 403,
  "account:address": 400,
  "account:only_admin": 409,
  "account:email": 400,
  "account:password": 400,
  "account:current_password": 403,
  "account:taken": 409,
  "account:sign_up": 403,
  "account:invitation": 403,
  "account:link": 403,
  "account:busy": 409,
  "account:recent": 403,
  "account:last_way": 409,
  "account:no_mail": 409,
  "account:not_found": 404,
  "account:issuer": 409,
  "grid:not_found": 404,
  "grid:busy": 409,
  "grid:models": 400,
  "grid:rows": 400,
  "grid:file": 422,
  "eval:not_found": 404,
  "eval:run_not_found": 404,
  "eval:cases": 400,
  "eval:columns": 400,
  "eval:judge": 400,
  "conversation:not_found": 404,
  "conversation:busy": 409,
  "message:not_found": 404,
  "message:no_request": 409,
  "message:no_recording": 409,
  "message:not_continuable": 409,
  "message:not_asking": 409,
  "tool:taken": 409,
  "tool:not_retryable": 409,
  "tool:off": 403,
  "tool:not_permitted": 404,
  "message:not_compared": 409,
  "message:compared": 409,
  "message:not_changeable": 409,
  "message:not_repairable": 409,
  "message:not_editable": 409,
  "message:edited_elsewhere": 409,
  "message:not_usable": 409,
  "message:not_mergeable": 409,
  "message:empty": 400,
  "message:too_long": 413,
  "image:not_found": 404,
  "image:unsupported": 415,
  "image:too_large": 413,
  "image:broken": 422,
  "image:too_many": 400,
  "file:not_found": 404,
  "image:region": 400,
  "file:too_many": 400,
  "document:not_found": 404,
  "document:unsupported": 415,
  "document:broken": 422,
  "document:empty": 422,
  "document:too_large": 413,
  "document:too_long": 413,
  "document:password": 422,
  "document:too_many": 400,
  "upload:not_found": 404,
  "upload:elsewhere": 410,
  "upload:unsupported": 415,
  "upload:too_large": 413,
  "upload:incomplete": 409,
  "upload:offset": 409,
  "upload:cut": 409,
  "upload:length": 400,
  "upload:version": 412,
  "upload:type": 415,
  // Defined by the upload protocol.
  "upload:checksum": 460,
  "model:unknown": 400,
  "model:no_images": 400,
  "model:not_offered": 403,
  "feature:off": 403,
  "output:schema_invalid": 400,
  "share:not_found": 404,
  "share:changed": 409,
  "share:passcode": 403,
  "share:person_not_found": 404,
  "person:not_found": 404,
  "person:self": 409,
  "invitation:not_found": 404,
  "person:admin": 409,
  "person:guest": 409,
  "person:last_admin": 409,
  "preset:not_found": 404,
  "prompt:not_found": 404,
  "prompt:taken": 409,
  "schema:not_found": 404,
  "schema:no_object": 400,
  "schema:changed": 409,
  "schema:not_written": 502,
  "diagram:not_found": 404,
  "folder:not_found": 404,
  "import:not_found": 404,
  "import:not_ready": 409,
  "import:too_large": 413,
  "import:unknown": 422,
  "import:broken_zip": 422,
  "import:encrypted": 422,
  "import:zip64": 422,
  "import:bomb": 422,
  "import:unpacks_too_large": 422,
  "import:too_many_files": 422,
  "import:too_many_chats": 422,
  "mcp:not_allowed": 403,
  "mcp:not_found": 404,
  "mcp:name_taken": 409,
  "mcp:too_many": 409,
  "mcp:address": 400,
  "mcp:no_sign_in": 409,
  "mcp:ask_over": 404,
  "mcp:ask_wrong": 400,
  "own_key:not_allowed": 403,
  "own_key:none": 404,
  "own_key:unreadable": 409,
  "setup:not_allowed": 403,
  "setup:link": 403,
  "setup:environment": 409,
  "setup:key_refused": 422,
  "limit:reached": 429,
  "server:internal": 500,
  "server:stopping": 503,
  "work:busy": 503,
  "work:too_much": 422,
  "fetch:refused": 400,
  "fetch:failed": 502,
  "fetch:timeout": 502,
  "fetch:too_large": 502,
  "fetch:type": 502,
  "upstream:auth": 502,
  "upstream:bad_request": 502,
  "upstream:billing": 502,
  "upstream:blocked": 502,
  "upstream:region": 502,
  "upstream:redirected": 502,
  "upstream:proxy": 502,
  "upstream:wrong_address": 502,
  "upstream:model_not_found": 502,
  "upstream:model_failed": 502,
  "upstream:scaling_up": 502,
  "upstream:no_images": 502,
  "upstream:context": 502,
  "upstream:too_large": 502,
  "upstream:rate_limit": 502,
  "upstream:overloaded": 502,
  "upstream:server_error": 502,
  "upstream:timeout": 502,
  "upstream:unreachable": 502,
  "upstream:cut": 502,
  "upstream:garbage": 502,
  "upstream:length": 502,
  "upstream:no_answer": 502,
  "upstream:content_filter": 502,
  "upstream:limit": 502,
} as const

export type ErrorCode = keyof typeof STATUS
/** The message keys of a code. */
export type ErrorKey = Extract<SentenceKey, ErrorCode | `${ErrorCode}/${string}`>

const isCode = (code: string): code is ErrorCode => Object.hasOwn(STATUS, code)

/** The code of a message key. */
export function codeOf(key: ErrorKey): ErrorCode {
  const [code = ""] = key.split("/", 1)
  return isCode(code) ? code : "server:internal"
}

/** The response format of an error: `{error: {code, message, ...details}}`. */
interface ErrorBody {
  error: { code: ErrorCode; message: string } & Record<string, unknown>
}

/** A JSON response for an `AppError`, in the reader's language; never includes a stack trace. */
export function errorResponse(error: AppError, language: Language = DEFAULT_LANGUAGE): Response {
  const body: ErrorBody = { error: { ...error.details, code: error.code, message: error.messageIn(language) } }
  const { status, retryAfterS } = error
  const wait = retryAfterS === undefined ? undefined : { "retry-after": String(Math.max(1, Math.ceil(retryAfterS))) }
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...wait } })
}
