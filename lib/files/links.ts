/** Lets browsers load files directly from the store (`S3_SIGNED_LINKS`). */
import { fileStorage } from "@/lib/files/storage"

/**
 * Redirects a browser that shows or saves a file to the store, by a link that works for one minute; null if the bytes
 * go through this process. The caller has checked ownership. Scripts of the page can't follow to another origin, so
 * they read the bytes from here.
 */
export async function linkTo(
  { headers }: Request,
  objectKey: string,
  said: { "content-type": string; "content-disposition": string },
): Promise<Response | null> {
  const { link } = fileStorage()
  const mode = headers.get("sec-fetch-mode")
  if (!link || (mode !== "no-cors" && mode !== "navigate")) return null
  const location = await link(objectKey, { type: said["content-type"], disposition: said["content-disposition"] })
  return new Response(null, {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer", vary: "sec-fetch-mode" },
  })
}
