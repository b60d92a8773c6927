import { diagramFile } from "@/lib/diagrams/files"
import { AppError } from "@/lib/http/errors"
import { route } from "@/lib/http/route"

interface Context {
  params: Promise<{ file: string[] }>
}

/**
 * A script of the diagram frame. The frame has an opaque origin, so it loads the scripts cross-origin; they are public.
 */
export const GET = route(async (_request, { params }: Context) => {
  const file = await diagramFile((await params).file.join("/"))
  if (!file) throw new AppError("diagram:not_found")
  return new Response(file.text, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "access-control-allow-origin": "*",
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    },
  })
})
