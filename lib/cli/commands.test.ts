/** Commands that run next to a server never install or build: they use what is there, or say what is missing. */
import { execFile } from "node:child_process"
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

let root: string
const at = (name: string) => path.join(root, name)
function put(name: string, text = "") {
  mkdirSync(path.dirname(at(name)), { recursive: true })
  writeFileSync(at(name), text)
}

/** A Sparkler folder without its packages, and an npm that reports when it is called. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "sparkler-commands-"))
  for (const name of ["prepare.mjs", "admin.mjs", "data.mjs"]) cpSync(`lib/cli/${name}`, at(`lib/cli/${name}`))
  cpSync("prisma", at("prisma"), { recursive: true })
  put("package-lock.json", "{}")
  put("bin/npm", `#!/bin/sh\ntouch "${at("asked-npm")}"\nexit 1\n`)
  chmodSync(at("bin/npm"), 0o755)
})
afterEach(() => {
  expect(existsSync(at("asked-npm"))).toBe(false)
  rmSync(root, { recursive: true })
})

/** Packages and clients of an earlier version. */
function install() {
  put("node_modules/tsx/dist/cli.mjs", "console.log('runs', ...process.argv.slice(3))")
  put("node_modules/better-sqlite3/index.js", "module.exports = class { close() {} }")
  put("node_modules/@next/env/index.js", "module.exports = { loadEnvConfig() {} }")
  for (const provider of ["sqlite", "postgresql"]) put(`lib/db/generated/${provider}/client.ts`)
}

const run = (command: string, ...args: string[]) =>
  new Promise<{ code: unknown; out: string; err: string }>((resolve) =>
    execFile(
      process.execPath,
      [at(`lib/cli/${command}.mjs`), ...args],
      { env: { PATH: `${at("bin")}:${process.env.PATH}`, NODE_ENV: "test" } },
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    ),
  )

test.each([["admin"], ["data"]])("%s reports that nothing is installed", async (command) => {
  const { code, err } = await run(command, "list")
  expect([code, err.trim()]).toEqual([1, "Sparkler isn't installed here yet. Run “npm start” once, then try again."])
})

test.each([["admin"], ["data"]])("%s runs with an earlier version's installation, and reports it", async (command) => {
  install()
  const { code, out, err } = await run(command, "list")
  expect([code, out.trim()]).toEqual([0, "runs list"])
  expect(err).toContain("This folder has changed since the last “npm start”.")
})

test("a SQLite load failure is reported", async () => {
  install()
  put("node_modules/better-sqlite3/index.js", "throw new Error('wrong ELF class')")
  const { code, err } = await run("data", "backup")
  expect([code, err.trim()]).toEqual([
    1,
    "SQLite isn't compiled for this Node version. Run “npm start” once, then try again.",
  ])
})
