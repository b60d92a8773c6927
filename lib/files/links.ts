/** Browsers that get files from the store itself (`S3_SIGNED_LINKS`). */
import { fileStorage } from "@/lib/files/storage"

/**
 * Leads a browser that shows or saves a file to the store, by a link that opens for a minute; null where the bytes go
 * through this process. The caller has checked whose the file is. A page's own script can't follow to another origin, and
 * reads the bytes from here.
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
