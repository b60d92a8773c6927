import { requireRight } from "@/lib/auth/session"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { beginImport, latestImport } from "@/lib/import/import"
import { freeStorage } from "@/lib/quota/quotas"

/** `{import, mostBytes}`: the latest import, or null; and the maximum file size. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "data:import")
  const { importBytes: mostBytes } = config().limits
  return Response.json({ import: await latestImport(user.id, languageOf(request.headers)), mostBytes })
})

/** Accepts a file in the body, named by `?name=`, and starts reading it. */
export const POST = route(async (request) => {
  const user = await requireRight(request, "data:import")
  const { importBytes } = config().limits
  if (Number(request.headers.get("content-length") ?? 0) > importBytes)
    throw new AppError("import:too_large", { values: { limit: Math.round(importBytes / 1e6) } })
  const name = new URL(request.url).searchParams.get("name") ?? ""
  return Response.json({ id: await beginImport(user.id, request.body, name, await freeStorage(user)) }, { status: 201 })
})
