/** A diagram's SVG, safe to show as an image. */

export interface Svg {
  text: string
  /** Pixels. */
  width: number
  height: number
}

const UNWANTED = "script, foreignObject iframe, iframe, object, embed, animate, set"

/**
 * The drawing with its size, without anything that could run, link or load when it is saved and opened as a file (in
 * the page it is an image, where nothing does). Null when it is not an SVG with a size.
 */
export function cleanSvg(drawn: string): Svg | null {
  const root = new DOMParser().parseFromString(drawn, "image/svg+xml").documentElement
  if (root.tagName.toLowerCase() !== "svg") return null
  for (const element of root.querySelectorAll(UNWANTED)) element.remove()
  for (const style of root.querySelectorAll("style")) style.textContent = withoutAddresses(style.textContent ?? "")
  for (const element of [root, ...root.querySelectorAll("*")])
    for (const { name, value } of [...element.attributes]) {
      const link = /^(?:xlink:)?href$|^src$/.test(name) && !value.startsWith("#") && !value.startsWith("data:image/png")
      if (link || name.startsWith("on")) element.removeAttribute(name)
      else if (/url\(/i.test(value)) element.setAttribute(name, withoutAddresses(value))
    }
  const [, , width = Number.NaN, height = Number.NaN] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number)
  if (!(width > 0 && height > 0)) return null
  root.setAttribute("width", String(width))
  root.setAttribute("height", String(height))
  root.removeAttribute("style")
  return { text: new XMLSerializer().serializeToString(root), width, height }
}

const withoutAddresses = (style: string) =>
  style.replace(/@import[^;]*;?/gi, "").replace(/url\(\s*(?!["']?#)[^)]*\)/gi, "none")

/** PNG pixels per drawing pixel, and the maximum longest side. */
const SCALE = 2
const LONGEST = 8_000

/** The drawing as a PNG on the given background. Throws when the browser can't create one. */
export async function toPng({ text, width, height }: Svg, ground: string): Promise<Blob> {
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height))
  const image = new Image()
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }))
  try {
    image.src = address
    await image.decode()
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext("2d")
    if (!context) throw new Error("no canvas")
    context.fillStyle = ground
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png"),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}
