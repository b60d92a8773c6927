/** Parses tool arguments while they are being written. Loaded when a tool is called. */
import { parsePartialJson } from "ai"

/** The part of a value that its text contains so far; undefined when there is none yet. */
export const readPartialJson = async (text: string): Promise<unknown> => (await parsePartialJson(text)).value
