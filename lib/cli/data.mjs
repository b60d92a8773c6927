/**
 * `npm run backup`, `npm run restore`, `npm run db:copy`, `npm run files:copy`: copy all stored data. Work with the
 * server running or not.
 */
import { spawn } from "node:child_process"
import path from "node:path"
import { loadSettings, PrepareError, QUIET, ROOT, requireInstalled } from "./prepare.mjs"

async function main() {
  await requireInstalled()
  await loadSettings()
  const args = [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), "lib/backup/run-command.ts", ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...QUIET }, stdio: "inherit" })
  child.on("exit", (code) => process.exit(code ?? 1))
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error)
  process.exit(1)
})
