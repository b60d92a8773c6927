import type { z } from "zod"
import { config } from "@/lib/config"
import { readText } from "@/lib/http/body"
import { AppError, errorResponse } from "@/lib/http/errors"
import { isSameOrigin } from "@/lib/http/origin"
import { languageOf } from "@/lib/i18n/language"
import { idSchema } from "@/lib/ids"
import { isTooMuch } from "@/lib/json-shape"
import { logFault } from "@/lib/log"
import { requestContext } from "@/lib/request-context"

type Handler<Context> = (request: Request, context: Context) => Promise<Response>

const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"])

/**
 * The door of every JSON route: refuses changes from other origins, turns an `AppError` into its JSON and
 * anything else into one log line and `server:internal`.
 */
export function route<Context>(handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      if (CHANGING.has(request.method) && !isSameOrigin(request.headers, config().appUrl))
        throw new AppError("request:origin")
      const response = await handler(request, context)
      // What belongs to a person is kept nowhere on the way, unless a route knows better.
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store")
      // Next.js answers HEAD by GET and reads no body: a file or a stream behind it would stay open.
      if (request.method === "HEAD") await response.body?.cancel()
      return response
    } catch (error) {
      const language = languageOf(request.headers)
      if (error instanceof AppError) return errorResponse(error, language)
      const { requestId, route } = requestContext()
      logFault(`${request.method} ${route ?? shownPath(request.url)}`, error)
      return errorResponse(unexpected(requestId), language)
    }
  }
}

/** With the id by which the operator finds it in the log. */
const unexpected = (requestId: string | undefined) =>
  requestId === undefined
    ? new AppError("server:internal")
    : new AppError("server:internal/id", { values: { id: requestId }, details: { requestId } })

/** A path without what may be an id or a token, where no server of ours has said which route it is. */
const shownPath = (url: string): string =>
  new URL(url).pathname.replace(/[^/]+/g, (part) => (/^[a-z-]{1,20}$/.test(part) ? part : "[…]"))

/** An id in a path, as it is kept; null for what is no UUID: that can't exist. */
export const idOf = (value: string): string | null => idSchema.safeParse(value).data ?? null

/** Of a route below an id. */
export interface IdContext {
  params: Promise<{ id: string }>
}

/** Of a route below the token of a share. */
export interface TokenContext {
  params: Promise<{ token: string }>
}

/** The id in the path of a route. Throws what `notFound` makes where nothing can have it. */
export async function idIn({ params }: IdContext, notFound: () => AppError): Promise<string> {
  const id = idOf((await params).id)
  if (id === null) throw notFound()
  return id
}

/** Values of a body. The largest of honest ones are a schema's. */
const MOST_VALUES = 20_000

/**
 * The body as `schema` wants it, read against the limit (bytes). Throws `request:too_large`, or
 * `request:invalid` naming the first field that is wrong.
 */
export async function readJson<T>(request: Request, schema: z.ZodType<T>, options: { maxBytes: number }): Promise<T> {
  return checked(schema, await bodyOf(request, options))
}

/** The same of a body that may be missing: a server's request has a stream for one all the same. */
export async function readJsonIfAny<T>(
  request: Request,
  schema: z.ZodType<T>,
  options: { maxBytes: number },
): Promise<T> {
  return checked(schema, await bodyOf(request, { ...options, otherwise: "{}" }))
}

/** The value of a body; `otherwise`: of an empty one. */
async function bodyOf(
  request: Request,
  { maxBytes, otherwise = "" }: { maxBytes: number; otherwise?: string },
): Promise<unknown> {
  try {
    const text = (await readText(request, maxBytes)) || otherwise
    if (isTooMuch(text, MOST_VALUES)) throw new AppError("request:invalid/too_much")
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError("request:invalid/not_json", { cause })
  }
}

/** The query string as `schema` wants it. Throws `request:invalid`. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  return checked(schema, Object.fromEntries(new URL(request.url).searchParams))
}

/** A value as `schema` wants it. Throws `request:invalid`, naming the first field that is wrong. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const issue = first && issueOf(first)
  const field = issue?.path.join(".") ?? ""
  const values = { field: field || "none", reason: issue?.message ?? "unknown" }
  throw new AppError("request:invalid/not_schema", { values, details: { field } })
}

/** What is wrong in the branch of a union that came nearest: the union itself says nothing but that none fits. */
function issueOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  if (issue.code !== "invalid_union") return issue
  const depth = (errors: z.core.$ZodIssue[]) => Math.max(0, ...errors.map(({ path }) => path.length))
  const [nearest] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)
  const [inner] = nearest ?? []
  if (!inner) return issue
  const found = issueOf(inner)
  return { path: [...issue.path, ...found.path], message: found.message }
}
