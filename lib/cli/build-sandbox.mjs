/**
 * Builds the sandbox's files: the frame's script, the workers, and the interpreters from their packages; also
 * compressed with Brotli.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants } from "node:zlib"
import { build } from "esbuild"

const ROOT = path.resolve(import.meta.dirname, "../..")
const modules = (...names) => path.join(ROOT, "node_modules", ...names)

const PYODIDE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]

/** Writes them into a folder below the project. */
export async function buildSandbox(folder = ".next/sandbox") {
  const to = (...names) => path.join(ROOT, folder, ...names)
  mkdirSync(to("pyodide"), { recursive: true })
  await build({
    entryPoints: ["frame", "javascript", "python"].map((name) => path.join(ROOT, `lib/sandbox/frame/${name}.ts`)),
    absWorkingDir: ROOT,
    outdir: to(),
    bundle: true,
    minify: true,
    // A frame with an opaque origin can only start classic workers.
    format: "iife",
    platform: "browser",
    target: "es2022",
    define: { "import.meta.url": '"https://sandbox.invalid/"' },
    logLevel: "silent",
  })
  copyFileSync(modules("@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm"), to("quickjs.wasm"))
  for (const name of PYODIDE) copyFileSync(modules("pyodide", name), to("pyodide", name))
  const files = ["frame.js", "javascript.js", "python.js", "quickjs.wasm", ...PYODIDE.map((name) => `pyodide/${name}`)]
  await Promise.all(
    files.map(async (name) => {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 6 }
      writeFileSync(to(`${name}.br`), await promisify(brotliCompress)(readFileSync(to(name)), { params }))
    }),
  )
}
