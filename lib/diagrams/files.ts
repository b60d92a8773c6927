/** The files of the frame in which diagrams are drawn: its script, and Mermaid's own build, piece by piece as it asks. */
import { readFile } from "node:fs/promises"
import path from "node:path"

const FRAME = path.join(process.cwd(), "lib/diagrams/frame.mjs")
const MERMAID = path.join(process.cwd(), "node_modules/mermaid/dist")
const ENTRY = "mermaid.esm.min.mjs"
/** Named by what is in them, so that they never change. */
const PIECE = /^chunks\/mermaid\.esm\.min\/[\w.-]+\.mjs$/

interface ScriptFile {
  text: string
  /** The same name always means the same text. */
  immutable: boolean
}

/** A script of the frame; null when there is none of this name. */
export async function diagramFile(name: string): Promise<ScriptFile | null> {
  const source = name === "frame.mjs" ? FRAME : name === ENTRY || PIECE.test(name) ? path.join(MERMAID, name) : null
  const text = source && (await readFile(source, "utf8").catch(() => null))
  return text === null ? null : { text, immutable: PIECE.test(name) }
}
