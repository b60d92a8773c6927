/**
 * The code of the worker threads (lib/work), made by esbuild: the server's own bundler would not give it a file of its
 * own, and Node 20 reads no TypeScript. Packages stay where they are, in node_modules.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs"
import path from "node:path"
import { build } from "esbuild"

const ROOT = path.resolve(import.meta.dirname, "../..")

/** Writes the code into a folder below the project (so that packages are found from it). Returns the file that begins. */
export async function buildWork(folder, entry = "lib/tasks/worker.ts") {
  const outdir = path.join(ROOT, folder)
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, entry)],
    absWorkingDir: ROOT,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
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
  return path.join(outdir, path.basename(entry).replace(/\.ts$/, ".mjs"))
}
