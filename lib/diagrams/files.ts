/** The files of the frame in which diagrams are drawn: its script, and Mermaid's own build, piece by piece as it asks. */
import { readFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants } from "node:zlib"

const FRAME = path.join(process.cwd(), "lib/diagrams/frame.mjs")
const MERMAID = path.join(process.cwd(), "node_modules/mermaid/dist")
const ENTRY = "mermaid.esm.min.mjs"
/** Named by what is in them, so that they never change. */
const PIECE = /^chunks\/mermaid\.esm\.min\/[\w.-]+\.mjs$/

export interface ScriptFile {
  text: Buffer
  brotli: Buffer
  /** The same name always means the same text. */
  immutable: boolean
}

const files = new Map<string, Promise<ScriptFile>>()

/** A script of the frame; null when there is none of this name. Each is read and compressed once. */
export async function diagramFile(name: string): Promise<ScriptFile | null> {
  const source = name === "frame.mjs" ? FRAME : name === ENTRY || PIECE.test(name) ? path.join(MERMAID, name) : null
  if (source === null) return null
  const known = files.get(name)
  const file = known ?? load(source, PIECE.test(name))
  if (!known) files.set(name, file)
  try {
    return await file
  } catch {
    files.delete(name)
    return null
  }
}

async function load(source: string, immutable: boolean): Promise<ScriptFile> {
  const text = await readFile(source)
  const brotli = await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { text, brotli, immutable }
}
