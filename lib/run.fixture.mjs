/**
 * Runs a fixture in a separate process with the test setup, since Node alone supports neither types nor `@/`: `node
 * run.fixture.mjs RUN FILE ARGUMENTS`. The first process of a run (a test file) bundles the fixture; the others load that.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "esbuild"

const ROOT = path.resolve(import.meta.dirname, "..")
/** Inside the project, so that packages are resolved from it. */
const BUNDLES = path.join(ROOT, ".sparkler/fixtures")
const [run, file] = process.argv.splice(2, 2)
/** Milliseconds after which another run's bundles are deleted. */
const STALE_MS = 3_600_000

/** A module per file that matches, loaded when it is called: Vite's `import.meta.glob` of a literal `./*\/NAME`. */
function globbed(pattern, folder) {
  const [, name] = /^\.\/\*\/([^*]+)$/.exec(pattern) ?? []
  const found = readdirSync(folder).filter((one) => name && existsSync(path.join(folder, one, name)))
  return `({ ${found.map((one) => `"./${one}/${name}": () => import("./${one}/${name}")`).join(", ")} })`
}

/** Modules keep their own `import.meta`, by which some find files. */
const ownPlace = {
  name: "own-place",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, ({ path: source }) => {
      const text = readFileSync(source, "utf8")
      const place = { dirname: path.dirname(source), url: pathToFileURL(source).href }
      return {
        contents: text
          .replace(/\bimport\.meta\.(dirname|url)\b/g, (_, name) => JSON.stringify(place[name]))
          .replace(/\bimport\.meta\.glob(?:<[^(]*>)?\("([^"]+)"\)/g, (_, pattern) => globbed(pattern, place.dirname)),
        loader: source.endsWith("x") ? "tsx" : "ts",
      }
    })
  },
}

/** Node's resolver needs the extensions of `next/…`, and a type attribute for JSON. */
const packages = {
  name: "packages",
  setup({ onResolve }) {
    const { resolve } = createRequire(path.join(ROOT, "package.json"))
    onResolve({ filter: /^next\/[^.]+$/ }, ({ path: name }) => ({ path: `${name}.js`, external: true }))
    onResolve({ filter: /^[^./@].*\.json$/ }, ({ path: name }) => ({ path: resolve(name) }))
  },
}

async function bundle(outdir) {
  const { outputFiles } = await build({
    entryPoints: [file],
    absWorkingDir: ROOT,
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [ownPlace, packages],
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "error",
    write: false,
  })
  mkdirSync(outdir, { recursive: true })
  // The entry file last: processes started at once take it as the sign that all are there.
  for (const { path: to, contents } of outputFiles.sort((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path)))) {
    writeFileSync(`${to}.${process.pid}`, contents)
    renameSync(`${to}.${process.pid}`, to)
  }
}

const isEntry = (name) => path.basename(name, ".mjs") === path.basename(file, ".ts")

const outdir = path.join(BUNDLES, run)
const entry = path.join(outdir, path.basename(file).replace(/\.ts$/, ".mjs"))
if (!existsSync(entry)) {
  mkdirSync(BUNDLES, { recursive: true })
  for (const other of readdirSync(BUNDLES)) {
    const folder = path.join(BUNDLES, other)
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (Date.now() - changed > STALE_MS) rmSync(folder, { recursive: true, force: true })
  }
  await bundle(outdir)
}
await import(pathToFileURL(entry).href)
