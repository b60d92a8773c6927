/** The list of advisories is complete, and no installed version is affected without being listed. */
import { readFileSync } from "node:fs"
import path from "node:path"
import { describe, expect, it } from "vitest"
import list from "./advisories.json"
import { compareVersions, findingsOf, installedOf, isIn } from "./advisories.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")
const read = (name: string) => JSON.parse(readFileSync(path.join(ROOT, name), "utf8"))

interface Advisory {
  id: string
  cve?: string
  what: string
  affected: string
  fixed: string | null
  from: string
  open?: string
}

interface Entry {
  day: string
  asked: string[]
  withdrawn?: string[]
  advisories: Advisory[]
}

const PACKAGES: Record<string, Entry> = list.packages
const ADVISORIES = Object.entries(PACKAGES).flatMap(([name, { advisories }]) =>
  advisories.map((advisory) => ({ name, ...advisory })),
)
const INSTALLED = installedOf(read("package-lock.json"))
const FINDINGS = findingsOf(INSTALLED, PACKAGES)

/**
 * Direct dependencies of `package.json` by registry name: `npm:better-sqlite3@13.2.0` is better-sqlite3. Local folders
 * have none.
 */
function directNames(): string[] {
  const { dependencies, optionalDependencies } = read("package.json")
  const wanted: [string, string][] = Object.entries({ ...dependencies, ...optionalDependencies })
  return wanted
    .filter(([, version]) => !version.startsWith("file:"))
    .map(([name, version]) => version.match(/^npm:(.+)@/)?.[1] ?? name)
}

describe("versions", () => {
  it.each([
    ["1.2.3", "1.2.3", 0],
    ["1.2.3", "1.2.10", -1],
    ["2.0.0", "1.99.99", 1],
    ["5.0.0-beta.2", "5.0.0", -1],
    ["5.0.0-beta.2", "5.0.0-beta.10", -1],
    ["5.0.0-beta", "5.0.0-beta.1", -1],
    ["5.0.0-1", "5.0.0-beta", -1],
    ["5.0.0-alpha", "5.0.0-beta", -1],
    ["1.0.0+build", "1.0.0", 0],
  ])("%s and %s", (a, b, order) => {
    expect(Math.sign(compareVersions(a, b))).toBe(order)
    expect(Math.sign(compareVersions(b, a))).toBe(order === 0 ? 0 : -order)
  })

  it("that are invalid are named in the error", () => {
    expect(() => compareVersions("1.2", "1.2.3")).toThrow("“1.2” isn't a version.")
  })
})

describe("ranges", () => {
  const range = ">=15.0.0 <15.5.29 || >=16.0.0-beta.0 <16.4.5"

  it.each([
    ["14.9.9", range, false],
    ["15.0.0", range, true],
    ["15.5.29", range, false],
    ["16.0.0-beta.3", range, true],
    ["16.4.4", range, true],
    ["16.4.5", range, false],
    ["4.4.2", "=4.4.2", true],
    ["4.4.3", "=4.4.2", false],
    ["9.0.0", "<=9.0.0", true],
    ["9.0.1", "<=9.0.0", false],
    ["9.0.1", ">9.0.0", true],
    ["1.0.0", "unknown", true],
  ])("%s in %s: %s", (version, text, inside) => {
    expect(isIn(version, text)).toBe(inside)
  })

  it.each(["", "^1.0.0", "< 1.0.0", "<1.0", "<1.0.0 ||"])("that are invalid throw: “%s”", (text) => {
    expect(() => isIn("2.0.0", text)).toThrow()
  })
})

describe("lock file", () => {
  const lock = {
    packages: {
      "": { version: "0.1.0" },
      "lib/driver": { name: "driver", version: "1.0.0" },
      "node_modules/driver": { link: true },
      "node_modules/a": { version: "1.0.0", deprecated: "Use b." },
      "node_modules/a/node_modules/@s/b": { version: "2.0.0" },
      "node_modules/alias": { name: "b", version: "3.0.0" },
      "node_modules/tool": { version: "1.0.0", dev: true },
    },
  }

  it("lists every copy of production packages, aliases by their real name", () => {
    expect(installedOf(lock)).toEqual([
      { name: "a", version: "1.0.0", deprecated: "Use b." },
      { name: "@s/b", version: "2.0.0" },
      { name: "b", version: "3.0.0" },
    ])
  })

  it("is checked against each advisory", () => {
    const advisory = { id: "GHSA-1", what: "x", affected: ">=3.0.0 <3.0.1", fixed: "3.0.1", from: "osv" }
    const packages = { b: { day: "2026-11-29", asked: ["known"], advisories: [advisory] } }
    expect(findingsOf(installedOf(lock), packages)).toEqual([{ name: "b", version: "3.0.0", advisory }])
  })
})

describe("advisory list", () => {
  it("has every package in package.json", () => {
    const missing = directNames().filter((name) => !PACKAGES[name])
    expect(missing, "Look up these packages' advisories and add them to lib/cli/advisories.json.").toEqual([])
  })

  it("has no package that is no longer installed", () => {
    const names = new Set(INSTALLED.map(({ name }) => name))
    const gone = Object.keys(PACKAGES).filter((name) => !names.has(name))
    expect(gone, "Remove these packages from lib/cli/advisories.json.").toEqual([])
  })

  it("has the lookup date and method of each package", () => {
    const wrong = Object.entries(PACKAGES).filter(
      ([, { day, asked }]) =>
        !/^20\d\d-\d\d-\d\d$/.test(day) || asked.length === 0 || asked.some((how) => !(how in list.lookups)),
    )
    expect(wrong.map(([name]) => name)).toEqual([])
  })

  it("has valid ids, unique per package, each with a source", () => {
    const ID = /^(?:GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}|CVE-\d{4}-\d{4,})$/
    const wrong = ADVISORIES.filter(
      ({ id, cve, from }) =>
        !ID.test(id) || (cve && !/^CVE-/.test(cve)) || !(from in list.lookups || from in list.sources),
    )
    expect(wrong.map(({ name, id }) => `${name} ${id}`)).toEqual([])
    for (const [name, { advisories, withdrawn = [] }] of Object.entries(PACKAGES)) {
      const ids = [...advisories.flatMap(({ id, cve }) => [id, ...(cve ? [cve] : [])]), ...withdrawn]
      expect(ids.length, name).toBe(new Set(ids).size)
    }
  })

  it("has ranges that exclude the fixed version", () => {
    const wrong = ADVISORIES.filter(({ affected, fixed }) => (fixed ? isIn(fixed, affected) : affected !== "unknown"))
    expect(wrong.map(({ name, id }) => `${name} ${id}`)).toEqual([])
  })
})

describe("installed packages", () => {
  it("are affected only by advisories with an explanation", () => {
    const unsaid = FINDINGS.filter(({ advisory }) => !advisory.open)
    expect(
      unsaid.map(({ name, version, advisory }) => `${name} ${version}: ${advisory.id}, fixed in ${advisory.fixed}`),
      "Update these packages. If that can't be done now, say why in the advisory's “open”.",
    ).toEqual([])
  })

  it("have no leftover explanations of fixed advisories", () => {
    const still = new Set(FINDINGS.map(({ name, advisory }) => `${name} ${advisory.id}`))
    const mended = ADVISORIES.filter(({ open }) => open).filter(({ name, id }) => !still.has(`${name} ${id}`))
    expect(
      mended.map(({ name, id }) => `${name} ${id}`),
      "Remove “open” from these advisories: no installed version is affected.",
    ).toEqual([])
  })
})
