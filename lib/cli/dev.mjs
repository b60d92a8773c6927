/** `npm run dev`: the development server. Prepares everything except the build. */
import { spawn } from "node:child_process"
import { loadSettings, PrepareError, prepare, QUIET, ROOT } from "./prepare.mjs"

async function main() {
  await prepare({ builds: false })
  await loadSettings()
  const { buildSandbox } = await import("./build-sandbox.mjs")
  await buildSandbox()
  const args = [
    "node_modules/next/dist/bin/next",
    "dev",
    "-p",
    process.env.PORT || "3000",
    "-H",
    process.env.HOST || "127.0.0.1",
  ]
  spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...QUIET, NODE_ENV: "development" },
    stdio: "inherit",
  }).on("exit", (code) => process.exit(code ?? 1))
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error)
  process.exit(1)
})
