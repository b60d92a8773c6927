/** The operator's folder of Python wheels. */
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { unzipSync } from "fflate"

export interface Wheel {
  /** File name. */
  name: string
  /** Top-level names that can be imported from it. */
  modules: string[]
}

const known = new Map<string, Wheel>()

/** The wheels in a folder, by name; empty if there is no folder. Unreadable ones are left out. */
export async function wheelsIn(folder: string): Promise<Wheel[]> {
  const names = await readdir(folder).catch(() => [])
  const wheels = await Promise.all(
    names
      .filter((name) => name.endsWith(".whl"))
      .sort()
      .map((name) => wheelAt(folder, name).catch(() => null)),
  )
  return wheels.filter((wheel) => wheel !== null)
}

async function wheelAt(folder: string, name: string): Promise<Wheel> {
  const file = path.join(folder, name)
  const { mtimeMs, size } = await stat(file)
  const key = `${file} ${mtimeMs} ${size}`
  const wheel = known.get(key) ?? { name, modules: modulesIn(await readFile(file)) }
  known.set(key, wheel)
  return wheel
}

/** Top-level packages and modules of a wheel. Reads only the zip's directory. */
function modulesIn(zip: Uint8Array): string[] {
  const modules = new Set<string>()
  unzipSync(zip, {
    filter: ({ name }) => {
      const [first = "", ...rest] = name.split("/")
      if (rest.length > 0 ? !/\.(?:dist-info|data)$/.test(first) : /\.(?:py|so)$/.test(first))
        modules.add(first.replace(/\..*$/, ""))
      return false
    },
  })
  return [...modules].sort()
}
