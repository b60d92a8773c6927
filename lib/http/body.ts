/** Reads request bodies up to a size limit. */
import { AppError } from "@/lib/http/errors"

/** The body as text, at most `maxBytes` bytes. Throws `request:too_large`, and `TypeError` if it isn't UTF-8. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new AppError("request:too_large", { values: { kilobytes: Math.round(maxBytes / 1_000) } })
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge()
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let size = 0
  let text = ""
  for await (const bytes of request.body ?? []) {
    size += bytes.byteLength
    if (size > maxBytes) throw tooLarge()
    text += decoder.decode(bytes, { stream: true })
  }
  return text + decoder.decode()
}

/** The body as bytes, at most `maxBytes`. Throws `request:too_large`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError("request:too_large", { values: { kilobytes: Math.round(maxBytes / 1_000) } })
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const bytes of request.body ?? []) {
    size += bytes.byteLength
    if (size > maxBytes) throw tooLarge()
    pieces.push(bytes)
  }
  return Buffer.concat(pieces)
}

/** Parses JSON. Throws `request:invalid`. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError("request:invalid/not_json", { cause })
  }
}
