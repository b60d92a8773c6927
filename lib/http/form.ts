/** Bodies that a page without scripts sends as a form, and programs as JSON. */
import type { z } from "zod"
import { readText } from "@/lib/http/body"
import { checked, readJson } from "@/lib/http/route"

export const isForm = (request: Request): boolean =>
  request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false

/** The body as `schema` wants it. Throws as `readJson`. */
export async function readFormOrJson<T>(
  request: Request,
  schema: z.ZodType<T>,
  options: { maxBytes: number },
): Promise<T> {
  if (!isForm(request)) return readJson(request, schema, options)
  return checked(schema, Object.fromEntries(new URLSearchParams(await readText(request, options.maxBytes))))
}
