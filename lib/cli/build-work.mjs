/**
 * Builds the worker threads' code (lib/work) with esbuild: the server's bundler wouldn't put it into its own file, and
 * Node 20 can't run TypeScript. Packages stay in node_modules.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { build } from "esbuild"

const ROOT = path.resolve(import.meta.dirname, "../..")

/** Entry points of worker threads and of child processes. */
const ENTRIES = ["lib/tasks/worker.ts", "lib/tasks/own-process.ts"]

/** Inlines the packages' JSON: Node 20 imports JSON only with a warning. */
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
 * Bundles math.js into one file: reading its 1,500 files takes a thread seconds on a busy machine, and files that a
 * terminated thread has just opened stay open for the life of the process.
 */
const mathInOneFile = {
  name: "math-in-one-file",
  setup({ onResolve }) {
    onResolve({ filter: /^mathjs$/ }, () => ({ path: path.join(ROOT, "node_modules/mathjs/lib/esm/index.js") }))
  },
}

/**
 * Writes the code into a folder below the project (so that packages are resolved from it). Returns the first entry
 * file.
 */
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
    // Another process may be reading the file, so it is replaced atomically.
    const written = `${file}.${process.pid}`
    writeFileSync(written, contents)
    renameSync(written, file)
  }
  return path.join(outdir, path.basename(entries[0]).replace(/\.ts$/, ".mjs"))
}
