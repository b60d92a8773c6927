import { useMemo } from "react"
import { thumbHashToDataURL } from "thumbhash"

/** A blurred placeholder until the image has loaded. `thumbhash` is base64. */
export default function Placeholder({ thumbhash }: { thumbhash: string }) {
  const source = useMemo(() => draw(thumbhash), [thumbhash])
  // biome-ignore lint/performance/noImgElement: a small data URI
  return source && <img src={source} alt="" className="absolute inset-0 size-full" />
}

/** Null for an invalid thumbhash. */
function draw(thumbhash: string): string | null {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (sign) => sign.charCodeAt(0)))
  } catch {
    return null
  }
}
