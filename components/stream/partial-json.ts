/** Arguments of a tool while they are being written. Fetched when a tool is called. */
import { parsePartialJson } from "ai"

/** As much of a value as its text holds so far; undefined when that is nothing yet. */
export const readPartialJson = async (text: string): Promise<unknown> => (await parsePartialJson(text)).value
