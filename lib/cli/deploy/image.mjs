/**
 * Runs a Dockerfile's steps in local folders, without Docker: each stage is a folder, `/data` a folder in it, and the
 * user `node` is this machine's `nobody`. Doesn't cover the base image and its Node.
 */
import { execFile, execFileSync, spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"
import { DockerfileParser } from "dockerfile-ast"
import { ROOT } from "../prepare.mjs"

const run = promisify(execFile)

/** What a line of `.dockerignore` excludes, for the syntax we use: `*` within a name, `**` across folders. */
function pattern(line) {
  const text = line
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\//g, "\0")
    .replace(/\*/g, "[^/]*")
    .replaceAll("\0", "(?:.*/)?")
  return new RegExp(`^${text}(?:/|$)`)
}

/** The files that `docker build` would send. */
export async function contextFiles() {
  const lines = readFileSync(path.join(ROOT, ".dockerignore"), "utf8").split("\n")
  const left = lines.filter((line) => line && !line.startsWith("#")).map(pattern)
  const { stdout } = await run("git", ["ls-files", "-co", "--exclude-standard"], { cwd: ROOT, maxBuffer: 1e8 })
  return stdout
    .split("\n")
    .filter((file) => file && existsSync(path.join(ROOT, file)) && !left.some((one) => one.test(file)))
}

/** Shows output as it arrives: some steps take minutes. */
function step(command, options) {
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-ec", command], { stdio: "inherit", ...options })
    child.on("error", reject)
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`“${command}” failed (${code})`))))
  })
}

/**
 * @param {string} folder an empty one
 * @param {{reuse: boolean, say: (line: string) => void}} options `reuse`: uses this folder's packages and build
 *   instead of installing and building
 * @returns the last stage: its folder, settings, user, and command
 */
export async function buildImage(folder, { reuse, say }) {
  const files = await contextFiles()
  const stages = new Map()
  let stage
  const handlers = {
    FROM: (words) => {
      stage = { root: path.join(folder, words[2] ?? "stage"), cwd: "/", env: {}, user: "root", command: [] }
      mkdirSync(stage.root)
      stages.set(words[2], stage)
    },
    WORKDIR: ([to]) => {
      mkdirSync(inside(stage, to), { recursive: true })
      stage.cwd = to
    },
    ENV: (words) => Object.assign(stage.env, Object.fromEntries(words.map((word) => word.split("=")))),
    USER: ([user]) => Object.assign(stage, { user }),
    CMD: (_, text) => Object.assign(stage, { command: JSON.parse(text) }),
    COPY: (words) => copy(stage, stages, files, words),
    RUN: async (_, text) => {
      if (reuse && /^npm ci|prepare\.mjs/.test(text)) return taken(stage, text, say)
      // The stage's folder replaces the root, and `nobody` replaces the user.
      const command = text.replaceAll(" /data", ` ${stage.root}/data`).replaceAll("node:node", "nobody:nogroup")
      await step(command, { cwd: inside(stage, stage.cwd), env: { ...process.env, ...stage.env } })
    },
  }
  const text = readFileSync(path.join(ROOT, "Dockerfile"), "utf8")
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const name = instruction.getKeyword()
    const flags = instruction.getFlags?.() ?? []
    const words = [...flags, ...instruction.getArguments()].map(String)
    if (name in handlers) {
      say(`  ${name} ${[...flags, instruction.getArgumentsContent()].join(" ")}`)
      await handlers[name](words, instruction.getArgumentsContent())
    }
  }
  return stage
}

const inside = (stage, to) => path.join(stage.root, path.resolve(stage.cwd, to))

function copy(stage, stages, files, words) {
  const flags = words.filter((word) => word.startsWith("--"))
  const from = flags.find((flag) => flag.startsWith("--from="))?.slice("--from=".length)
  const names = words.filter((word) => !word.startsWith("--"))
  const to = names.pop()
  const whole = names.length > 1 || to.endsWith("/")
  for (const name of names) {
    const target = whole ? path.join(inside(stage, to), path.basename(name)) : inside(stage, to)
    if (from) {
      mkdirSync(path.dirname(target), { recursive: true })
      // Hard-linked instead of copied: there are a hundred thousand files, and nothing changes them afterward.
      execFileSync("cp", ["-al", inside(stages.get(from), name), target])
      continue
    }
    for (const file of files.filter((each) => name === "." || each === name || each.startsWith(`${name}/`))) {
      const at = name === "." ? path.join(inside(stage, to), file) : path.join(target, path.relative(name, file))
      mkdirSync(path.dirname(at), { recursive: true })
      cpSync(path.join(ROOT, file), at, { verbatimSymlinks: true })
    }
  }
}

/** Takes packages or build output from this folder, which must be built. */
function taken(stage, text, say) {
  const names = text.startsWith("npm ci") ? ["node_modules"] : [".next", ".sparkler", "lib/db/generated"]
  say(`    (taken from here: ${names.join(", ")})`)
  for (const name of names) {
    const target = path.join(inside(stage, stage.cwd), name)
    rmSync(target, { recursive: true, force: true })
    execFileSync("cp", ["-al", path.join(ROOT, name), target])
  }
  // npm rewrites its record of installed packages; a copy keeps the hard-linked original unchanged.
  if (!text.startsWith("npm ci")) return
  const record = path.join(inside(stage, stage.cwd), "node_modules/.package-lock.json")
  const kept = readFileSync(record)
  rmSync(record)
  writeFileSync(record, kept)
}
