/**
 * Reads the files chosen as inputs: tables and texts are parsed here or by the server, images and documents are
 * uploaded.
 */
import { readSheets, type Sheet } from "@/components/grids/api"
import { type FileInputs, type Inputs, parseTable, textsOf } from "@/components/grids/new/inputs"
import { transfer } from "@/components/uploads/transfer"
import { MAX_ROWS } from "@/lib/grids/contract/grid"

/** Maximum bytes of a text file. */
const MAX_TEXT_BYTES = 30_000_000
/** Parallel uploads. */
const AT_ONCE = 3

export interface Problem {
  key: "noRows" | "tooLarge" | "locked"
  name: string
  megabytes?: number
}

export type ReadResult =
  | { inputs: Inputs; sheets?: undefined; problem?: undefined }
  | { sheets: Sheet[]; name: string; inputs?: undefined; problem?: undefined }
  | { problem: Problem; inputs?: undefined; sheets?: undefined }

const isWorkbook = ({ name }: File) => /\.xlsx$/i.test(name)
const isTable = ({ name, type }: File) =>
  /\.(?:csv|tsv)$/i.test(name) || /^text\/(?:csv|tab-separated-values)/.test(type)
const isText = ({ name, type }: File) => /\.(?:txt|md|log)$/i.test(name) || type === "text/plain"

interface Options {
  signal: AbortSignal
  onProgress: (done: number) => void
}

/** Rejects with `ApiError` when the server refuses a file. */
export async function readFiles(files: File[], options: Options): Promise<ReadResult> {
  const [only] = files
  if (files.length === 1 && only && isWorkbook(only)) return { sheets: await readSheets(only), name: only.name }
  if (files.length === 1 && only && (isTable(only) || isText(only))) return readText(only)
  return upload(files.slice(0, MAX_ROWS), options)
}

async function readText(file: File): Promise<ReadResult> {
  const { name } = file
  if (file.size > MAX_TEXT_BYTES)
    return { problem: { key: "tooLarge", name, megabytes: Math.round(MAX_TEXT_BYTES / 1_000_000) } }
  const text = await file.text()
  const inputs = isTable(file) ? parseTable(text, name) : { kind: "texts" as const, texts: textsOf(text, false) }
  const isEmpty = inputs === null || (inputs.kind === "texts" && inputs.texts.length === 0)
  return isEmpty ? { problem: { key: "noRows", name } } : { inputs }
}

async function upload(files: File[], { signal, onProgress }: Options): Promise<ReadResult> {
  const taken = new Map<number, FileInputs["files"][number] | { text: string; name: string } | Problem>()
  const waiting = [...files.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, file] = next
      taken.set(at, await takeOne(file, signal))
      onProgress(taken.size)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const all = files.map((_, at) => taken.get(at)).filter((one) => one !== undefined)
  const problem = all.find((one) => "key" in one)
  if (problem) return { problem }
  const texts = all.flatMap((one) => ("text" in one ? one.text : []))
  if (texts.length === all.length && texts.length > 0) return { inputs: { kind: "texts", texts } }
  return { inputs: { kind: "files", files: all.filter((one) => "imageId" in one || "documentId" in one) } }
}

async function takeOne(file: File, signal: AbortSignal) {
  const nothing = () => {}
  const way = { key: crypto.randomUUID(), file, upload: null, keeps: false, signal }
  const {
    image,
    document,
    file: text,
  } = await transfer({ ...way, onBegun: nothing, onProgress: nothing, onSent: nothing })
  const { name } = file
  if (image) return { imageId: image.id, name }
  if (text) return { text: text.text, name }
  if (!document) return { key: "noRows", name } satisfies Problem
  if (document.status === "locked") return { key: "locked", name } satisfies Problem
  return { documentId: document.documentId, pages: Number(document.pages) || 1, name }
}
