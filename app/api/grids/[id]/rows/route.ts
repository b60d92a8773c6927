import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { MAX_ROWS_READ } from "@/lib/grids/contract/grid"
import { gridNotFound } from "@/lib/grids/grids"
import { addInputs, editCell, rowsOf } from "@/lib/grids/rows"
import { editSchema, rowsAddedSchema } from "@/lib/grids/types"
import { type IdContext, idIn, readJson, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

/** Maximum bytes of rows added at once, and of an edited value. */
const MAX_BYTES = 8_000_000
const MAX_VALUE_BYTES = 400_000

/** `rows`: comma-separated numbers, at most 200. */
const querySchema = z.object({
  rows: z
    .string()
    .regex(/^\d{1,5}(?:,\d{1,5})*$/)
    .transform((text) => text.split(",").map(Number))
    .refine((numbers) => numbers.length <= MAX_ROWS_READ, `at most ${MAX_ROWS_READ} rows`),
})

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:read")
  const id = await idIn(context, gridNotFound)
  const { rows } = readQuery(request, querySchema)
  return Response.json({ rows: await rowsOf(user.id, id, rows, languageOf(request.headers)) })
})

/** Adds rows before the first start. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:change")
  const id = await idIn(context, gridNotFound)
  const { start, rows } = await readJson(request, rowsAddedSchema, { maxBytes: MAX_BYTES })
  await addInputs(user.id, id, start, rows)
  return new Response(null, { status: 204 })
})

/** Replaces a model's value. */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "grid:change")
  const id = await idIn(context, gridNotFound)
  const edit = await readJson(request, editSchema, { maxBytes: MAX_VALUE_BYTES })
  await editCell(user.id, id, edit)
  return Response.json({ rows: await rowsOf(user.id, id, [edit.number], languageOf(request.headers)) })
})
