import { requireRight } from "@/lib/auth/session"
import { openFile } from "@/lib/files/files"
import { savedFile } from "@/lib/http/disposition"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** A file that a tool wrote, to be downloaded: never shown by the browser, whatever is in it. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const notFound = () => new AppError("file:not_found")
  const id = await idIn(context, notFound)
  const file = await openFile(user.id, id)
  if (!file) throw notFound()
  const { row, size, body } = file
  if (row.kind !== "output") {
    await body.cancel()
    throw notFound()
  }
  return new Response(body, { headers: savedFile(row.name, size) })
})
