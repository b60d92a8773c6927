/**
 * The code of the worker threads (lib/work), made by esbuild: the server's own bundler would not give it a file of its
 * own, and Node 20 reads no TypeScript. Packages stay where they are, in node_modules.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { build } from "esbuild"

const ROOT = path.resolve(import.meta.dirname, "../..")

/** Where a worker thread begins, and where a process does. */
const ENTRIES = ["lib/tasks/worker.ts", "lib/tasks/own-process.ts"]

/** Data of packages goes in: Node 20 imports JSON with a warning only. */
const jsonOfPackages = {
  name: "json-of-packages",
  setup({ onResolve }) {
    const { resolve } = createRequire(path.join(ROOT, "package.json"))
    onResolve({ filter: /^[^./].*\.json$/ }, ({ path: name }) =>
      name.startsWith("@/") ? undefined : { path: resolve(name) },
    )
  },
}

/**
 * math.js goes in whole: its 1,500 files take a thread seconds to read on a busy machine, and those that a thread which is
 * ended has just opened stay open for as long as the process runs.
 */
const mathInOneFile = {
  name: "math-in-one-file",
  setup({ onResolve }) {
    onResolve({ filter: /^mathjs$/ }, () => ({ path: path.join(ROOT, "node_modules/mathjs/lib/esm/index.js") }))
  },
}

/** Writes the code into a folder below the project (so that packages are found from it). Returns the first file that begins. */
export async function buildWork(folder, ...named) {
  const entries = named.length > 0 ? named : ENTRIES
  const outdir = path.join(ROOT, folder)
  const { outputFiles } = await build({
    entryPoints: entries.map((entry) => path.join(ROOT, entry)),
    absWorkingDir: ROOT,
    outdir,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [jsonOfPackages, mathInOneFile],
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
    write: false,
  })
  mkdirSync(outdir, { recursive: true })
  for (const { path: file, contents } of outputFiles) {
    // Another process may be reading it: there is always a whole one.
    const written = `${file}.${process.pid}`
    writeFileSync(written, contents)
    renameSync(written, file)
  }
  return path.join(outdir, path.basename(entries[0]).replace(/\.ts$/, ".mjs"))
}
