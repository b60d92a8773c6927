/** The operator's folder of Python wheels. */
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { unzipSync } from "fflate"

export interface Wheel {
  /** Of its file. */
  name: string
  /** What can be imported from it, by its first name. */
  modules: string[]
}

const known = new Map<string, Wheel>()

/** The wheels in a folder, by name; none where there is no folder. One that can't be read is left out. */
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

/** Packages and modules at the top of a wheel. Only its directory is read. */
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
