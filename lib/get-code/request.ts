/** A request to a model server in the form that the programs use. Pure. */

export type Body = Record<string, unknown>

/** A request without its key. */
export interface ModelRequest {
  /** Of the API, without a trailing slash: `https://api.fireworks.ai/inference/v1`. */
  baseUrl: string
  /** Whether the server needs a key. */
  key: boolean
  /** Contains placeholders (`pictureIn`) instead of image bytes. */
  body: Body
  /** The images, in the order of the body. */
  files: PictureFile[]
}

export interface PictureFile {
  name: string
  mediaType: string
}

/** The environment variable that holds the key. */
export const KEY_VARIABLE = "FIREWORKS_API_KEY"

/** Placeholder prefix for an image's data URI in a body. */
const PICTURE = "\u0000picture "
const pictureMark = (index: number) => `${PICTURE}${index}`

const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
}

/** Replaces the body's data URIs with placeholders. Each becomes a file named by `nameOf`, or `image-1.jpg`. */
export function withoutPictures(body: Body, nameOf: (place: number) => string | undefined) {
  const files: PictureFile[] = []
  const taken = new Set<string>()
  const marked = mapped(body, (text) => {
    const mediaType = /^data:(image\/[\w.+-]+);base64,/.exec(text)?.[1]
    if (mediaType === undefined) return text
    files.push({ mediaType, name: freeName(nameOf(files.length), mediaType, files.length + 1, taken) })
    return pictureMark(files.length - 1)
  })
  return { body: marked as Body, files }
}

/** A name that needs no quoting in any shell or language: letters, digits, dots, and dashes. */
function freeName(wanted: string | undefined, mediaType: string, number: number, taken: Set<string>): string {
  const ending = ENDINGS[mediaType] ?? mediaType.replace(/^image\//, "").replace(/\W.*$/, "")
  const bare = (wanted ?? "").replace(/\.\w+$/, "").normalize("NFKD")
  const plain = bare.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || `image-${number}`
  let name = `${plain}.${ending}`
  for (let n = 2; taken.has(name); n++) name = `${plain}-${n}.${ending}`
  taken.add(name)
  return name
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value)
  if (Array.isArray(value)) return value.map((item) => mapped(item, change))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(member, change)]))
}

/** The image that a text in the body stands for. */
export const pictureIn = (text: string, files: PictureFile[]): PictureFile | undefined =>
  text.startsWith(PICTURE) ? files[Number(text.slice(PICTURE.length))] : undefined

/** How a language writes values. */
export interface Writing {
  text(value: string): string
  name(value: string): string
  true: string
  false: string
  null: string
}

/** A value as a multi-line literal; values that fit on one line stay on one. */
export function literal(value: unknown, writing: Writing, indent = ""): string {
  if (typeof value === "string") return writing.text(value)
  if (value === true || value === false) return value ? writing.true : writing.false
  if (typeof value === "number") return String(value)
  const inner = `${indent}  `
  if (Array.isArray(value))
    return block(
      "[",
      value.map((item) => literal(item, writing, inner)),
      "]",
      indent,
    )
  if (typeof value !== "object" || value === null) return writing.null
  const members = Object.entries(value).map(
    ([name, member]) => `${writing.name(name)}: ${literal(member, writing, inner)}`,
  )
  return block("{", members, "}", indent)
}

const LINE = 80

function block(open: string, parts: string[], close: string, indent: string): string {
  if (parts.length === 0) return open + close
  const gap = open === "{" ? " " : ""
  const line = `${open}${gap}${parts.join(", ")}${gap}${close}`
  if (line.length + indent.length <= LINE && !line.includes("\n")) return line
  return `${open}\n${parts.map((part) => `${indent}  ${part},`).join("\n")}\n${indent}${close}`
}
