/**
 * Prepares everything needed to build, start, or test Sparkler. Plain Node, because it runs before anything is
 * installed.
 */
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { brotliCompress, constants } from "node:zlib"

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const STATE = path.join(ROOT, ".sparkler")
const at = (...names) => path.join(ROOT, ...names)

/** No telemetry, and no downloads except from the package registry. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // `generate` never runs the engine; any existing file keeps the CLI from downloading one.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
}

export class PrepareError extends Error {}

export const say = (line) =>
  process.stdout.write(`${process.env.LOG_FORMAT?.trim() === "json" ? asJson(line) : line}\n`)

/** Converts a line to the JSON log format, unless it already is JSON. */
const asJson = (line) =>
  line.startsWith("{") ? line : JSON.stringify({ time: new Date().toISOString(), level: "info", message: line.trim() })

/** The last lines, preceded by those that mention an error: bundlers print warnings last. */
function tailOf(output) {
  const lines = output.trim().split("\n")
  const last = lines.slice(-40)
  const errors = lines
    .slice(0, -40)
    .flatMap((line, at) => (/error/i.test(line) ? lines.slice(Math.max(0, at - 1), at + 6) : []))
  return [...new Set(errors), ...(errors.length > 0 ? ["…"] : []), ...last].join("\n")
}

/** Runs a command; its output is shown only if it fails. Throws a `PrepareError` with the relevant output. */
function run(command, args, { env = {}, cwd = ROOT, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    })
    let output = ""
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output = (output + data).slice(-20_000)
        if (show) process.stdout.write(data)
      })
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) resolve(output)
      else reject(new PrepareError(`“${path.basename(command)} ${args.join(" ")}” failed:\n${tailOf(output)}`))
    })
  })
}

/** Prints two lines, since two steps may run at once. */
async function inStep(name, work) {
  const startedAt = Date.now()
  say(`  ${name} …`)
  try {
    await work()
  } catch (error) {
    say(`  ${name}: failed`)
    throw error
  }
  say(`  ${name}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`)
}

const stampFile = (name) => path.join(STATE, name)
const readStamp = (name) => (existsSync(stampFile(name)) ? readFileSync(stampFile(name), "utf8") : "")
const writeStamp = (name, value) => writeFileSync(stampFile(name), value)
const hash = (text) => createHash("sha256").update(text).digest("hex")

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  const ok = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  if (!ok)
    throw new PrepareError(`Sparkler needs Node 20.19 or newer (24 recommended); this is ${process.versions.node}.`)
}

/**
 * Only one process at a time: two builds in one folder would break each other. The lock of a dead process is taken
 * over.
 */
export async function withLock(work) {
  mkdirSync(STATE, { recursive: true })
  const file = stampFile("lock")
  for (let told = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" })
      break
    } catch (error) {
      if (error.code !== "EEXIST") throw error
      const pid = Number(readFileSync(file, "utf8") || 0)
      if (!isAlive(pid)) rmSync(file, { force: true })
      else {
        if (!told) say(`  waiting for another Sparkler process (${pid}) to finish its build …`)
        told = true
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    }
  }
  const unlock = () => rmSync(file, { force: true })
  process.once("exit", unlock)
  try {
    return await work()
  } finally {
    unlock()
    process.removeListener("exit", unlock)
  }
}

function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === "EPERM"
  }
}

/**
 * For commands that run next to a server: uses what is there and installs, generates, or builds nothing, which would
 * take minutes and change the files that the server runs on. Throws a `PrepareError` if something is missing.
 */
export async function requireInstalled() {
  checkNode()
  if (process.env.SPARKLER_BUILT) return
  const installed = existsSync(at("node_modules/tsx/dist/cli.mjs")) && clientsAreThere()
  if (!installed || !(await sqliteWorks()))
    throw new PrepareError(
      `${installed ? "SQLite isn't compiled for this Node version" : "Sparkler isn't installed here yet"}. Run “npm start” once, then try again.`,
    )
  const stale = readStamp("installed") !== packagesWanted() || readStamp("generated") !== clientsWanted()
  if (stale)
    console.error("This folder has changed since the last “npm start”. If this command fails, start Sparkler first.")
}

/**
 * Prepares everything for a start, a benchmark, or the tests, one process at a time. Throws `PrepareError`.
 * `SPARKLER_BUILT` means that everything is there, in an image or a read-only folder. `builds`: also makes the
 * production build.
 */
export async function prepare({ builds = true } = {}) {
  checkNode()
  if (process.env.SPARKLER_BUILT) return
  await withLock(async () => {
    const done = await install()
    // The compiler keeps one core busy, and the build doesn't need SQLite.
    const results = await Promise.allSettled([
      done(),
      (async () => {
        await generate()
        if (builds) await build()
      })(),
    ])
    const failed = results.find(({ status }) => status === "rejected")
    if (failed) throw failed.reason
  })
}

const packagesWanted = () => `${hash(readFileSync(at("package-lock.json")))} ${process.versions.modules}`

/**
 * Installs the packages of the lock file; again if it changed, or if another Node version needs other native code.
 * Returns the remaining work: the native code.
 */
export async function install() {
  const wanted = packagesWanted()
  const stamp = readStamp("installed")
  if (existsSync(at("node_modules")) && stamp === wanted && !installedSince(stampFile("installed")))
    return async () => {}
  const [lock] = stamp.split(" ")
  if (
    !existsSync(at("node_modules")) ||
    (stamp ? lock !== wanted.split(" ")[0] : !installedSince(at("package-lock.json")))
  )
    await inStep("installing packages (the first time takes a minute or two)", () =>
      run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]),
    )
  return async () => {
    await nativeCode()
    writeStamp("installed", wanted)
  }
}

/** npm writes its own record when it installs: if it is newer than this file, someone ran npm since. */
function installedSince(file) {
  const record = at("node_modules/.package-lock.json")
  return existsSync(record) && statSync(record).mtimeMs >= statSync(file).mtimeMs
}

const sqliteWorks = () =>
  run(process.execPath, ["-e", "new (require('better-sqlite3'))(':memory:').close()"]).then(
    () => true,
    () => false,
  )

/** SQLite comes precompiled for Node 22 and newer; for Node 20 it may have to be compiled here. */
async function nativeCode() {
  if (await sqliteWorks()) return
  await inStep("compiling SQLite for this Node version (about a minute)", () =>
    run("npm", ["run", "install"], { cwd: at("node_modules/better-sqlite3-node20") }).catch(() => {}),
  )
  if (await sqliteWorks()) return
  throw new PrepareError(
    "SQLite can't be compiled for this Node version. Use Node 22 or newer, or install python3, make, and g++ (Debian: apt-get install python3 make g++), then start again.",
  )
}

const clientsWanted = () =>
  hash(
    [
      readFileSync(at("package-lock.json")),
      ...["models/models", "sqlite/schema", "postgresql/schema"].map((name) =>
        readFileSync(at(`prisma/${name}.prisma`)),
      ),
    ].join("\n"),
  )
const clientsAreThere = () =>
  ["sqlite", "postgresql"].every((provider) => existsSync(at(`lib/db/generated/${provider}/client.ts`)))

/** Generates the Prisma clients for both databases. */
export async function generate() {
  const wanted = clientsWanted()
  const there = clientsAreThere()
  if (there && readStamp("generated") === wanted) return
  await inStep("generating the database clients", async () => {
    for (const provider of ["sqlite", "postgresql"])
      await run(process.execPath, [at("node_modules/prisma/build/index.js"), "generate"], {
        env: { PRISMA_PROVIDER: provider },
      })
  })
  writeStamp("generated", wanted)
}

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "package-lock.json",
  "next.config.ts",
  "tsconfig.json",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
]

function* filesBelow(name) {
  const full = at(name)
  if (!existsSync(full)) return
  if (!statSync(full).isDirectory()) {
    yield name
    return
  }
  for (const entry of readdirSync(full).sort()) if (entry !== "generated") yield* filesBelow(`${name}/${entry}`)
}

/** Makes the production build; again if a source changed. */
export async function build() {
  const digest = createHash("sha256")
  for (const source of SOURCES)
    for (const file of filesBelow(source))
      if (!/\.test\.tsx?$/.test(file)) digest.update(file).update(readFileSync(at(file)))
  const wanted = digest.digest("hex")
  if (existsSync(at(".next/BUILD_ID")) && readStamp("built") === wanted) return
  rmSync(stampFile("built"), { force: true })
  await inStep("building", async () => {
    await run(process.execPath, [at("node_modules/next/dist/bin/next"), "build"])
    // Imported lazily: its packages aren't there before the installation.
    const { buildWork } = await import("./build-work.mjs")
    await buildWork(".next/work")
    const { buildSandbox } = await import("./build-sandbox.mjs")
    await buildSandbox()
    copyDiagramFiles()
    await compressFiles()
  })
  writeStamp("built", wanted)
}

/** Copies Mermaid's build and the script that calls it, to be served next to the build's files. */
function copyDiagramFiles() {
  const to = (name) => at(".next/static/diagrams", name)
  const pieces = at("node_modules/mermaid/dist/chunks/mermaid.esm.min")
  mkdirSync(to("chunks/mermaid.esm.min"), { recursive: true })
  copyFileSync(at("lib/diagrams/frame.mjs"), to("frame.mjs"))
  copyFileSync(at("node_modules/mermaid/dist/mermaid.esm.min.mjs"), to("mermaid.esm.min.mjs"))
  for (const name of readdirSync(pieces))
    if (name.endsWith(".mjs")) copyFileSync(path.join(pieces, name), to(`chunks/mermaid.esm.min/${name}`))
}

/** Compresses the browser's files with Brotli, for `server.mjs`. */
async function compressFiles() {
  // The best quality takes a hundred times as long, which isn't worth it for a megabyte that renders a diagram.
  const quality = (file) => (file.includes("/diagrams/") ? 9 : constants.BROTLI_MAX_QUALITY)
  const texts = [...filesBelow(".next/static")].filter((file) => /\.(m?js|css|json|svg|wasm)$/.test(file))
  await Promise.all(
    texts.map(async (file) => {
      const compressed = await promisify(brotliCompress)(readFileSync(at(file)), {
        params: { [constants.BROTLI_PARAM_QUALITY]: quality(file) },
      })
      writeFileSync(at(`${file}.br`), compressed)
    }),
  )
}

/** Loads settings of `.env.local` and similar files into `process.env`; existing values win. */
export async function loadSettings() {
  const { default: env } = await import("@next/env")
  env.loadEnvConfig(ROOT, false, { info: () => {}, error: (message) => say(message) })
}

// `node lib/cli/prepare.mjs`: does everything that is needed before testing or serving.
if (process.argv[1] === fileURLToPath(import.meta.url))
  prepare().catch((error) => {
    console.error(error instanceof PrepareError ? `\n${error.message}` : error)
    process.exit(1)
  })
