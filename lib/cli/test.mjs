/** `npm test`: type check, lint, unit tests, and browser tests against the production build. */
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { findChromium } from "./chromium.mjs"
import { PrepareError, prepare, QUIET, ROOT, say } from "./prepare.mjs"

const REPORTS = path.join(ROOT, ".sparkler/reports")
const bin = (name) => path.join(ROOT, "node_modules", name)

function run(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    })
    child.on("error", () => resolve(false))
    child.on("close", (code) => resolve(code === 0))
  })
}

const one = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })

/** Failures and flaky tests, printed at the end: people read the last lines of a log. */
const faults = []
/** Characters of an error that are repeated at the end. */
const MAX_ERROR = 400
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal color codes
const plain = (text = "") => text.replace(/\x1b\[[\d;]*m/g, "").slice(0, MAX_ERROR)

/** A test may be skipped if its server or browser is missing, and if it says so. */
const NEEDS = /^needs /

function readReport(name, count) {
  const file = path.join(REPORTS, name)
  return existsSync(file) ? count(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 0, skipped: 0 }
}

/** Prints skipped tests. One that doesn't say what it needs counts as failed. */
function judgeSkipped(skipped) {
  for (const { title, reason } of skipped) say(`skipped: ${title} (${reason || "no reason given"})`)
  const explained = skipped.filter(({ reason }) => NEEDS.test(reason)).length
  return { skipped: explained, failed: skipped.length - explained }
}

const countUnit = ({ numPassedTests, numFailedTests, testResults }) => {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults)
  const left = all.filter(({ status }) => !["passed", "failed"].includes(status))
  for (const { name, status, message, assertionResults } of testResults) {
    const file = path.relative(ROOT, name)
    const bad = assertionResults.filter((test) => test.status === "failed")
    for (const { fullName, failureMessages } of bad)
      faults.push(`failed: ${file}: ${fullName}\n${plain(failureMessages[0])}`)
    if (status === "failed" && bad.length === 0) faults.push(`failed: ${file}\n${plain(message)}`)
  }
  const { skipped, failed } = judgeSkipped(left.map(({ title, fullName }) => ({ title: fullName, reason: title })))
  return { passed: numPassedTests, failed: numFailedTests + failed, skipped }
}

const specsOf = ({ suites = [], specs = [] }) => [...specs, ...suites.flatMap(specsOf)]

const countBrowser = (report) => {
  const { expected, flaky, unexpected } = report.stats
  const tests = specsOf(report).flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test })))
  const words = { flaky: "flaky, passed on retry", unexpected: "failed" }
  for (const { title, status, results } of tests) {
    if (!words[status]) continue
    const error = results.find(({ errors }) => errors.length > 0)?.errors[0]?.message
    faults.push(`${words[status]}: ${title}\n${plain(error)}`)
  }
  const { skipped, failed } = judgeSkipped(
    tests
      .filter(({ status }) => status === "skipped")
      .map(({ title, annotations }) => ({ title, reason: annotations.at(-1)?.description })),
  )
  return { passed: expected + flaky, failed: unexpected + failed, skipped }
}

/** A runner's counts. A run that failed without a failed test, or that ran no tests, counts as one more failure. */
function counted(passed, counts) {
  const none = counts.passed + counts.failed === 0
  const failed = counts.failed + (none || (!passed && counts.failed === 0) ? 1 : 0)
  return { ...counts, failed }
}

const STEPS = [
  {
    name: "types",
    work: async () => {
      await run([bin("next/dist/bin/next"), "typegen"])
      return one(await run([bin("typescript/bin/tsc"), "--noEmit"]))
    },
  },
  {
    name: "lint",
    work: async () => one(await run([bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."])),
  },
  {
    name: "unit tests",
    work: async () => {
      const passed = await run([
        bin("vitest/vitest.mjs"),
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${path.join(REPORTS, "unit.json")}`,
      ])
      return counted(passed, readReport("unit.json", countUnit))
    },
  },
  {
    name: "browser tests",
    work: async () => {
      const env = {
        CHROMIUM_PATH: await findChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(REPORTS, "browser.json"),
      }
      const passed = await run([bin("@playwright/test/cli.js"), "test", ...process.argv.slice(2)], env)
      return counted(passed, readReport("browser.json", countBrowser))
    },
  },
]

async function runStep({ name, work }) {
  const startedAt = Date.now()
  say(`\n── ${name}`)
  const counts = await work().catch((error) => {
    console.error(error instanceof PrepareError ? error.message : error)
    return one(false)
  })
  say(`── ${name}: ${counts.failed === 0 ? "passed" : "FAILED"} in ${((Date.now() - startedAt) / 1_000).toFixed(0)} s`)
  return counts
}

async function main() {
  await prepare()
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const step of STEPS) {
    const counts = await runStep(step)
    for (const key of Object.keys(total)) total[key] += counts[key]
  }
  const line = `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`
  writeFileSync(path.join(REPORTS, "summary.txt"), line)
  for (const fault of faults) say(`\n${fault}`)
  say(`\n${line}`)
  // Tests that may be skipped at home must run in CI.
  const incomplete = process.env.CI && total.skipped > 0
  process.exit(total.failed > 0 || incomplete || total.passed === 0 ? 1 : 0)
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error)
  process.exit(1)
})
