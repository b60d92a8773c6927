import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { cropImage } from "@/lib/images/images"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

const from = z.number().int().nonnegative()
const length = z.number().int().positive()
const regionSchema = z.strictObject({ x: from, y: from, width: length, height: length })
const MAX_BYTES = 1_000

/** Crops one's own image, in its pixels, to a new image: `{image}`. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const id = await idIn(context, () => new AppError("image:not_found"))
  const region = await readJson(request, regionSchema, { maxBytes: MAX_BYTES })
  await consumeRateLimit(user.id, "uploads")
  const image = await cropImage(user.id, id, region, await storageLimit(user))
  return Response.json({ image }, { status: 201 })
})
