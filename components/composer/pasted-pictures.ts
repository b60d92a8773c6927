/** Pictures in what was pasted: addresses of them, and what stands in a page's or a spreadsheet's HTML. */

const MOST = 30
/** Pixels under which a picture is a sign beside a text. */
const LEAST_PX = 32

const ENDING = /\.(?:avif|bmp|gif|hei[cf]|jpe?g|jfif|png|svg|tiff?|webp)$/i
/** As image servers are asked for a format: `?format=jpg`. */
const FORMAT = /[?&](?:format|fm|ext|type)=(?:avif|gif|jpe?g|png|webp)\b/i

function isPictureAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search } = new URL(text)
  return protocol === "https:" && (ENDING.test(pathname) || FORMAT.test(search))
}

/** The https addresses of pictures that a text consists of; none when there is anything else in it. */
export function addressesIn(text: string): string[] {
  if (text.length > MOST * 4_000) return []
  const words = text.trim().split(/\s+/)
  return words.length <= MOST && words.every(isPictureAddress) ? words : []
}

export interface PastedPictures {
  files: File[]
  addresses: string[]
}

/** The pictures in HTML from the clipboard. It is only read: nothing of it is loaded or run. */
export function picturesIn(html: string): PastedPictures {
  const images = [...new DOMParser().parseFromString(html, "text/html").images].filter((image) => !isSign(image))
  const sources = [...new Set(images.map((image) => image.getAttribute("src") ?? ""))].slice(0, MOST)
  return {
    files: sources.flatMap((source, place) => fileOf(source, place) ?? []),
    addresses: sources.filter((source) => source.startsWith("https://") && URL.canParse(source)),
  }
}

const isSign = (image: HTMLImageElement): boolean =>
  ["width", "height"].some((side) => {
    const length = Number(image.getAttribute(side) ?? "")
    return length > 0 && length < LEAST_PX
  })

/** The file in a data URI; null for what is none, or can't be read. */
function fileOf(source: string, place: number): File | null {
  const [, type, data] = /^data:(image\/[a-z0-9.+-]+);base64,([a-z0-9+/=\s]+)$/i.exec(source) ?? []
  if (!type || !data) return null
  try {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
    return new File([bytes], `image-${place + 1}.${type.slice("image/".length).replace(/\W.*/, "")}`, { type })
  } catch {
    return null
  }
}
