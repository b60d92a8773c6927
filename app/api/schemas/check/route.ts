import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { renderSentence } from "@/lib/i18n/sentences"
import { schemaProblem } from "@/lib/output/check"

const bodySchema = z.strictObject({ schema: z.record(z.string(), z.unknown()) })
/** 64,000 characters, each of which may be escaped. */
const MAX_BYTES = 400_000

/** The reason why a JSON Schema can't be used in a message: `{problem: null | {path, message}}`. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "schema:check")
  const { schema } = await readJson(request, bodySchema, { maxBytes: MAX_BYTES })
  const problem = await schemaProblem(user.id, schema)
  if (!problem) return Response.json({ problem: null })
  const { path, message, sentence } = problem
  return Response.json({
    problem: { path, message: sentence ? renderSentence(sentence, languageOf(request.headers)) : message },
  })
})
