/** Bodies sent as a form by pages without scripts, and as JSON by programs. */
import type { z } from "zod"
import { readText } from "@/lib/http/body"
import { checked, readJson } from "@/lib/http/route"

export const isForm = (request: Request): boolean =>
  request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false

/** The body, validated by `schema`. Throws as `readJson`. */
export async function readFormOrJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  options: { maxBytes: number },
): Promise<T> {
  if (!isForm(request)) return readJson(request, schema, options)
  return checked(schema, Object.fromEntries(new URLSearchParams(await readText(request, options.maxBytes))))
}
