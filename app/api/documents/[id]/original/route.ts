import { requireRight } from "@/lib/auth/session"
import { documentNotFound } from "@/lib/documents/store/documents"
import { openFile } from "@/lib/files/files"
import { savedFile } from "@/lib/http/disposition"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** The file as it was uploaded: to be saved, never shown here. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const file = await openFile(user.id, await idIn(context, documentNotFound))
  if (file?.row.kind !== "document") {
    await file?.body.cancel()
    throw documentNotFound()
  }
  return new Response(file.body, { headers: savedFile(file.row.name, file.size) })
})
