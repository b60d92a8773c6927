/** The files of the frame that renders diagrams: its script, and the parts of Mermaid's build that it requests. */
import { readFile } from "node:fs/promises"
import path from "node:path"

const FRAME = path.join(process.cwd(), "lib/diagrams/frame.mjs")
const MERMAID = path.join(process.cwd(), "node_modules/mermaid/dist")
const ENTRY = "mermaid.esm.min.mjs"
/** Named by a hash of their content, so they never change. */
const PIECE = /^chunks\/mermaid\.esm\.min\/[\w.-]+\.mjs$/

interface ScriptFile {
  text: string
  /** The content for this name never changes. */
  immutable: boolean
}

/** A script of the frame; null if there is none with this name. */
export async function diagramFile(name: string): Promise<ScriptFile | null> {
  const source = name === "frame.mjs" ? FRAME : name === ENTRY || PIECE.test(name) ? path.join(MERMAID, name) : null
  const text = source && (await readFile(source, "utf8").catch(() => null))
  return text === null ? null : { text, immutable: PIECE.test(name) }
}
