/**
 * `npm run bench`, `npm run bench:page`, `npm run bench:hostile`, `npm run bench:scale`: prepare everything as `npm start` does, then measure the production build.
 * `npm run bench:search`, `npm run bench:sizes` and `npm run bench:images` need no build.
 */
import { spawn } from "node:child_process"
import path from "node:path"
import { PrepareError, prepare, QUIET, ROOT } from "./prepare.mjs"

async function main() {
  const [name = "main", ...rest] = process.argv.slice(2)
  await prepare({ builds: !["search", "sizes", "images"].includes(name) })
  const args = [path.join(ROOT, "node_modules/tsx/dist/cli.mjs"), `e2e/bench/${name}.ts`, ...rest]
  spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...QUIET }, stdio: "inherit" }).on("exit", (code) =>
    process.exit(code ?? 1),
  )
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error)
  process.exit(1)
})
