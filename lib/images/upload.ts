import { AppError } from "@/lib/http/errors"

/** Bytes of boundaries and headers beside each file. */
const OVERHEAD = 4_096

/**
 * The files of a multipart body, its size held to what they may have together while it streams in. Throws
 * `image:too_large`, `image:too_many`, `request:invalid`.
 */
export async function readFiles(
  request: Request,
  { maxFiles, maxBytes }: { maxFiles: number; maxBytes: number },
): Promise<File[]> {
  const type = request.headers.get("content-type") ?? ""
  if (!type.startsWith("multipart/form-data") || !request.body)
    throw new AppError("request:invalid", "Send the images as multipart/form-data, in fields named “file”.")
  const limit = maxFiles * (maxBytes + OVERHEAD)
  const tooLarge = new AppError("image:too_large", `These files are larger than ${limit / 1e6} MB together.`)
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge
  let size = 0
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        size += bytes.byteLength
        if (size > limit) controller.error(tooLarge)
        else controller.enqueue(bytes)
      },
    }),
  )
  let form: FormData
  try {
    form = await new Response(counted, { headers: { "content-type": type } }).formData()
  } catch (cause) {
    throw size > limit
      ? tooLarge
      : new AppError("request:invalid", "The upload is damaged or incomplete. Send it again.", { cause })
  }
  const files = form.getAll("file").filter((entry) => entry instanceof File)
  if (files.length === 0) throw new AppError("request:invalid", "The upload holds no field named “file”.")
  if (files.length > maxFiles) throw new AppError("image:too_many", `At most ${maxFiles} images can be added at once.`)
  return files
}
