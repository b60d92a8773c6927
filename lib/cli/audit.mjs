/**
 * `npm run audit`: checks production dependencies for known advisories. Asks the registry (`npm audit`); if it gives no
 * report, checks `package-lock.json` against `advisories.json`. Exits with 1 if there are findings. Also lists packages
 * that npm marks as deprecated.
 */
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import path from "node:path"
import { findingsOf, installedOf } from "./advisories.mjs"
import { readReport, rowsOf, tableOf } from "./audit-report.mjs"
import { QUIET, ROOT, say } from "./prepare.mjs"

const read = (name) => JSON.parse(readFileSync(path.join(ROOT, name), "utf8"))

/** Output of `npm audit`: findings or an error. Empty if npm isn't available. */
function askNpm() {
  const npm = process.env.npm_execpath
  const args = ["audit", "--omit=dev", "--json", "--fetch-retries=0"]
  return new Promise((resolve) => {
    const child = npm
      ? spawn(process.execPath, [npm, ...args], { cwd: ROOT, env: { ...process.env, ...QUIET } })
      : spawn("npm", args, { cwd: ROOT, env: { ...process.env, ...QUIET }, shell: process.platform === "win32" })
    let output = ""
    child.stdout.on("data", (data) => {
      output += data
    })
    child.on("error", () => resolve(""))
    child.on("close", () => resolve(output))
  })
}

/** Prints where the findings come from. */
function sayFailure(failure, packages) {
  const days = Object.values(packages).map(({ day }) => day)
  say(`The registry returned no report (${failure}).`)
  say(
    `Checked against lib/cli/advisories.json instead: ${days.length} packages, looked up since ${days.sort()[0]}. Newer advisories aren't included.\n`,
  )
}

async function main() {
  const installed = installedOf(read("package-lock.json"))
  const { packages } = read("lib/cli/advisories.json")
  const report = readReport(await askNpm(), installed)
  if ("failure" in report) sayFailure(report.failure, packages)
  const rows = "failure" in report ? rowsOf(findingsOf(installed, packages)) : report.rows
  say(rows.length > 0 ? tableOf(rows) : "No known advisories.")
  for (const { name, version, deprecated } of installed)
    if (deprecated) say(`\n${name} ${version} is deprecated: ${deprecated}`)
  process.exit(rows.length > 0 ? 1 : 0)
}

main().catch((error) => {
  console.error(error)
  process.exit(2)
})
