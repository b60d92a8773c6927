/** What `npm start` installs, in a folder with an npm that records its arguments. */
import { execFile } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, expect, test } from "vitest"

let root: string
const at = (name: string) => path.join(root, name)
function put(name: string, text = "") {
  mkdirSync(path.dirname(at(name)), { recursive: true })
  writeFileSync(at(name), text)
}
const asked = () => (existsSync(at("asked")) ? readFileSync(at("asked"), "utf8").trim().split("\n") : [])

/** This npm installs packages without a compiled SQLite; `npm run install` compiles it. */
const NPM = `#!/bin/sh
cd "$SPARKLER_ROOT"
echo "$1" >> asked
[ "$1" = run ] && touch compiled && exit 0
mkdir -p node_modules/better-sqlite3 node_modules/better-sqlite3-node20
echo "if (!require('fs').existsSync('$SPARKLER_ROOT/compiled')) throw new Error('not compiled'); module.exports = class { close() {} }" > node_modules/better-sqlite3/index.js
rm -f compiled
touch node_modules/.package-lock.json
`

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "sparkler-install-"))
  cpSync("lib/cli/prepare.mjs", at("lib/cli/prepare.mjs"))
  put("package-lock.json", "{}")
  mkdirSync(at(".sparkler"))
  put("bin/npm", NPM)
  chmodSync(at("bin/npm"), 0o755)
})
afterEach(() => rmSync(root, { recursive: true }))

const environment = () => ({ ...process.env, PATH: `${at("bin")}:${process.env.PATH}`, SPARKLER_ROOT: root })
const install = () =>
  promisify(execFile)(
    process.execPath,
    [
      "-e",
      `import(${JSON.stringify(at("lib/cli/prepare.mjs"))}).then(({ install }) => install()).then((rest) => rest())`,
    ],
    { cwd: root, env: environment() },
  )
const installByHand = () => promisify(execFile)(at("bin/npm"), ["ci"], { env: environment() })
/** Backdates files, so that later ones are newer. */
const age = (...names: string[]) => {
  for (const name of names) utimesSync(at(name), 1_700_000_000, 1_700_000_000)
}

test("packages are installed once, and SQLite is compiled for them", async () => {
  await install()
  expect(asked()).toEqual(["ci", "run"])
  age("node_modules/.package-lock.json")
  await install()
  expect(asked()).toEqual(["ci", "run"])
})

test("after a later manual install, SQLite is compiled and nothing is installed twice", async () => {
  await install()
  age(".sparkler/installed")
  await installByHand()
  await install()
  expect(asked()).toEqual(["ci", "run", "ci", "run"])
})

test("after a manual install before the first start, nothing is installed twice", async () => {
  age("package-lock.json")
  await installByHand()
  await install()
  expect(asked()).toEqual(["ci", "run"])
})
