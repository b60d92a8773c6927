/** Finds images in pasted content: their URLs, and those in HTML from a page or spreadsheet. */

const MOST = 30
/** Pixels below which an image is only an icon. */
const MIN_PX = 32

const ENDING = /\.(?:avif|bmp|gif|hei[cf]|jpe?g|jfif|png|svg|tiff?|webp)$/i
/** Format parameters of image servers: `?format=jpg`. */
const FORMAT = /[?&](?:format|fm|ext|type)=(?:avif|gif|jpe?g|png|webp)\b/i

function isPictureAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search } = new URL(text)
  return protocol === "https:" && (ENDING.test(pathname) || FORMAT.test(search))
}

/** The https image URLs when the text consists only of them; otherwise none. */
export function addressesIn(text: string): string[] {
  if (text.length > MOST * 4_000) return []
  const words = text.trim().split(/\s+/)
  return words.length <= MOST && words.every(isPictureAddress) ? words : []
}

export interface PastedPictures {
  files: File[]
  addresses: string[]
}

/** The images in HTML from the clipboard. The HTML is only parsed: nothing in it is loaded or executed. */
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
    return length > 0 && length < MIN_PX
  })

/** The file in a data URI; null when it is not an image or can't be decoded. */
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
