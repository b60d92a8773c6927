/**
 * `npm run deploy:check`: checks the deployment files as far as possible on this machine. Parses and lints them, runs
 * the Dockerfile's steps in a folder, starts the result as a user who can't write to it, and streams an answer from it
 * through nginx. Lists what wasn't checked, and why. `--reuse`: uses this folder's packages and build. Needs root to
 * switch users.
 */
import { execFile, spawn } from "node:child_process"
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { ROOT, say } from "../prepare.mjs"
import { buildImage } from "./image.mjs"
import { problemsOfCompose, problemsOfDockerfile, problemsOfKubernetes } from "./manifests.mjs"

const run = promisify(execFile)
const reuse = process.argv.includes("--reuse")
const left = []
let failed = 0

const has = (program) =>
  run("sh", ["-c", `command -v ${program}`]).then(
    () => true,
    () => false,
  )

async function check(name, work) {
  try {
    const problems = (await work()) ?? []
    for (const problem of problems) say(`    ${problem}`)
    if (problems.length > 0) failed++
    say(`${problems.length > 0 ? "✗" : "✓"} ${name}`)
  } catch (error) {
    failed++
    say(`✗ ${name}: ${error.stderr || error.message}`)
  }
}

/** Runs a check that needs a program. */
async function checkWith(program, name, work) {
  if (await has(program)) await check(name, work)
  else left.push(`${name}: needs ${program}`)
}

async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Polls until the response is as wanted, or the process has exited. */
async function until(url, child, wanted = (response) => response.ok) {
  while (child.exitCode === null) {
    const response = await fetch(url, { headers: { host: "chat.example.com" } }).catch(() => null)
    if (response && wanted(response)) return response
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`it exited before ${url} responded`)
}

function start(command, args, options) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      output += data
    })
  const ended = new Promise((resolve) => child.on("close", resolve))
  return { child, ended, output: () => output }
}

/** Runs the image's process as another user, in a tree that it can write only in its data folder. */
async function runImage(image, folder) {
  const data = path.join(image.root, "data")
  const [port, sandbox] = [await freePort(), await freePort()]
  const env = {
    PATH: process.env.PATH,
    ...image.env,
    DATA_DIR: data,
    PORT: port,
    SANDBOX_PORT: sandbox,
    LOG_FORMAT: "json",
  }
  const args = [
    "--reuid=nobody",
    "--regid=nogroup",
    "--clear-groups",
    "--",
    process.execPath,
    ...image.command.slice(1),
  ]
  const cwd = path.join(image.root, image.cwd)
  const server = start("setpriv", args, {
    cwd,
    env: { ...env, HOME: "/nonexistent", TMPDIR: path.join(folder, "tmp") },
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await until(`${url}/api/ready`, server.child)
    await run("setpriv", [...args.slice(0, 4), process.execPath, "lib/cli/healthy.mjs"], { cwd, env })
    await run("setpriv", [...args.slice(0, 4), process.execPath, "lib/cli/admin.mjs", "list"], { cwd, env })
    for (const line of server.output().trim().split("\n")) JSON.parse(line)
    await checkWith("nginx", "nginx streams its answers without buffering", () =>
      streamThroughNginx(folder, port, sandbox),
    )
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`)
  } finally {
    server.child.kill("SIGTERM")
  }
  const code = await server.ended
  const written = await run("find", [cwd, "-user", "nobody"])
  return [...(code === 0 ? [] : [`it exited with ${code}`]), ...written.stdout.split("\n").filter(Boolean)]
}

/** Our nginx configuration with this machine's names. */
function nginxConf(folder, port, sandbox, listen) {
  const conf = readFileSync(path.join(ROOT, ".deploy/nginx/nginx.conf"), "utf8")
    .replaceAll("server sparkler-1:3000 max_fails=1 fail_timeout=5s;", `server 127.0.0.1:${port};`)
    .replace("server sparkler-1:3001;", `server 127.0.0.1:${sandbox};`)
    .replace(/^.*server sparkler-[23]:.*\n/gm, "")
    .replaceAll("listen 8080", `listen 127.0.0.1:${listen}`)
    .replaceAll("/tmp/nginx.pid", path.join(folder, "nginx.pid"))
    // Here, that is a pipe, which can't be opened by name.
    .replace("/dev/stdout", path.join(folder, "access.log"))
  const file = path.join(folder, "nginx.conf")
  writeFileSync(file, conf)
  return file
}

async function streamThroughNginx(folder, port, sandbox) {
  const listen = await freePort()
  const file = nginxConf(folder, port, sandbox, listen)
  await run("nginx", ["-t", "-c", file])
  const nginx = start("nginx", ["-c", file, "-g", "daemon off;"])
  const url = `http://127.0.0.1:${listen}`
  try {
    const page = await until(`${url}/`, nginx.child)
    const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? ""
    const message = { id: crypto.randomUUID(), parts: [{ type: "text", text: "Tell me a long story" }] }
    const answer = await fetch(`${url}/api/chat`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify({ id: crypto.randomUUID(), message }),
    })
    let pieces = 0
    let text = ""
    for await (const piece of answer.body) {
      pieces++
      text += Buffer.from(piece)
    }
    const metrics = await fetch(`${url}/api/metrics`)
    return [
      ...(answer.ok && text.includes("finish") ? [] : [`the answer: ${answer.status} ${text.slice(0, 300)}`]),
      ...(pieces > 3 ? [] : [`it arrived in ${pieces} chunks: buffered`]),
      ...(metrics.status === 404 ? [] : ["metrics are reachable"]),
    ]
  } finally {
    nginx.child.kill("SIGTERM")
    await nginx.ended
  }
}

async function main() {
  await check("Dockerfile", problemsOfDockerfile)
  for (const file of ["compose.yaml", "compose.scale.yaml"]) await check(file, () => problemsOfCompose(file))
  await check("Kubernetes manifests, against Kubernetes' schemas", problemsOfKubernetes)
  await checkWith("kubectl", "Kubernetes manifests, built with kustomize", async () => {
    await run("kubectl", ["kustomize", path.join(ROOT, ".deploy/kubernetes")])
  })
  await checkWith("systemd-analyze", "systemd unit", async () => {
    const { stderr } = await run("systemd-analyze", ["verify", path.join(ROOT, ".deploy/systemd/sparkler.service")])
    return stderr.split("\n").filter((line) => line.includes("sparkler"))
  })
  await checkWith("caddy", "Caddyfile", async () => {
    await run("caddy", ["validate", "--adapter", "caddyfile", "--config", path.join(ROOT, ".deploy/caddy/Caddyfile")])
  })
  await checkWith(
    "setpriv",
    "the image's build steps, and its process as another user on a read-only tree",
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), "sparkler-image-"))
      try {
        await run("chmod", ["711", folder])
        const tmp = path.join(folder, "tmp")
        mkdirSync(tmp, { mode: 0o777 })
        chownSync(tmp, 65_534, 65_534)
        const image = await buildImage(folder, { reuse, say })
        for (const name of ["@biomejs/biome", "vitest"])
          if (existsSync(path.join(image.root, image.cwd, "node_modules", name, "package.json")))
            throw new Error(`${name} is in the image`)
        const { stdout } = await run("du", ["-sm", path.join(image.root, image.cwd)])
        say(`  ${stdout.split("\t")[0]} MB on top of the base image`)
        return await runImage(image, folder)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
  left.push("The image itself, and compose: need a Docker engine", "Validation by a Kubernetes server: needs one")
  for (const line of left) say(`– not checked: ${line}`)
  process.exit(failed > 0 ? 1 : 0)
}

await main()
