import { readFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"

/** The version of this Sparkler from its package.json: `0.1.0`. */
export async function appVersion(): Promise<string> {
  const text = await readFile(path.join(/* turbopackIgnore: true */ process.cwd(), "package.json"), "utf8")
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
