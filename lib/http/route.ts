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
 * The wrapper of every JSON route: rejects changes from other origins, turns an `AppError` into its JSON, and anything
 * else into one log line and `server:internal`.
 */
export function route<Context>(handler: Handler<Context>): Handler<Context> {
  return async (request, context) => {
    try {
      if (CHANGING.has(request.method) && !isSameOrigin(request.headers, config().appUrl))
        throw new AppError("request:origin")
      const response = await handler(request, context)
      // Personal data must not be cached anywhere, unless a route overrides this.
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store")
      // Next.js handles HEAD with GET and doesn't read the body: a file or stream behind it would stay open.
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

/** With the ID by which the operator finds it in the log. */
const unexpected = (requestId: string | undefined) =>
  requestId === undefined
    ? new AppError("server:internal")
    : new AppError("server:internal/id", { values: { id: requestId }, details: { requestId } })

/** A path without possible IDs and tokens, for requests whose route our server process didn't determine. */
const shownPath = (url: string): string =>
  new URL(url).pathname.replace(/[^/]+/g, (part) => (/^[a-z-]{1,20}$/.test(part) ? part : "[…]"))

/** A normalized ID from a path; null if it isn't a UUID, and so can't exist. */
export const idOf = (value: string): string | null => idSchema.safeParse(value).data ?? null

/** Context of a route with an ID. */
export interface IdContext {
  params: Promise<{ id: string }>
}

/** Context of a route with a share token. */
export interface TokenContext {
  params: Promise<{ token: string }>
}

/** The ID in a route's path. Throws the error from `notFound` if it can't exist. */
export async function idIn({ params }: IdContext, notFound: () => AppError): Promise<string> {
  const id = idOf((await params).id)
  if (id === null) throw notFound()
  return id
}

/** Maximum number of values in a body. The largest legitimate ones are schemas. */
const MAX_VALUES = 20_000

/**
 * The body, validated by `schema` and limited in size (bytes). Throws `request:too_large`, or `request:invalid` naming
 * the first invalid field.
 */
export async function readJson<T>(request: Request, schema: z.ZodType<T>, options: { maxBytes: number }): Promise<T> {
  return checked(schema, await bodyOf(request, options))
}

/** The same for an optional body: on the server, a request has a body stream even if it is empty. */
export async function readJsonIfAny<T>(
  request: Request,
  schema: z.ZodType<T>,
  options: { maxBytes: number },
): Promise<T> {
  return checked(schema, await bodyOf(request, { ...options, otherwise: "{}" }))
}

/** The value of a body; `otherwise` if it is empty. */
async function bodyOf(
  request: Request,
  { maxBytes, otherwise = "" }: { maxBytes: number; otherwise?: string },
): Promise<unknown> {
  try {
    const text = (await readText(request, maxBytes)) || otherwise
    if (isTooMuch(text, MAX_VALUES)) throw new AppError("request:invalid/too_much")
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError("request:invalid/not_json", { cause })
  }
}

/** The query string, validated by `schema`. Throws `request:invalid`. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  return checked(schema, Object.fromEntries(new URL(request.url).searchParams))
}

/** A value, validated by `schema`. Throws `request:invalid`, naming the first invalid field. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const issue = first && issueOf(first)
  const field = issue?.path.join(".") ?? ""
  const values = { field: field || "none", reason: issue?.message ?? "unknown" }
  throw new AppError("request:invalid/not_schema", { values, details: { field } })
}

/** The issue in the closest branch of a union: the union itself reports only that none matches. */
function issueOf(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  if (issue.code !== "invalid_union") return issue
  const depth = (errors: z.core.$ZodIssue[]) => Math.max(0, ...errors.map(({ path }) => path.length))
  const [nearest] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)
  const [inner] = nearest ?? []
  if (!inner) return issue
  const found = issueOf(inner)
  return { path: [...issue.path, ...found.path], message: found.message }
}
