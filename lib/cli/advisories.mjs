/**
 * Checks the installed packages of `package-lock.json` against the published advisories in `advisories.json`. `npm run
 * audit` (`audit.mjs`) prints the result, and `advisories.test.ts` checks that the list is complete.
 *
 * Ranges have the format of npm's advisories: comparisons that must all hold (`>=16.0.0 <16.2.5`), and alternatives
 * separated by `||`. Pre-releases sort before their release and count like any other version. `unknown` affects every
 * version, because the affected ones aren't known.
 *
 * @typedef {{ id: string, cve?: string, what: string, affected: string, fixed: string | null, from: string, open?: string }} Advisory
 * @typedef {{ day: string, asked: string[], withdrawn?: string[], advisories: Advisory[] }} Entry
 * @typedef {{ name: string, version: string, deprecated?: string }} Installed
 * @typedef {{ name: string, version: string, advisory: Advisory }} Finding
 */

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/
const COMPARISON = /^(<=|>=|<|>|=)(\S+)$/

/** @type {Record<string, (order: number) => boolean>} */
const HOLDS = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "=": (order) => order === 0,
}

/** @param {string} version */
function partsOf(version) {
  const match = VERSION.exec(version)
  if (!match) throw new Error(`“${version}” isn't a version.`)
  return { numbers: match.slice(1, 4).map(Number), before: match[4]?.split(".") ?? [] }
}

/**
 * Compares one pre-release identifier: numbers by value and before words, words alphabetically; a missing one first.
 * @param {string | undefined} a
 * @param {string | undefined} b
 */
function compareIdentifiers(a, b) {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber && isOtherNumber) return Number(a) - Number(b)
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  return a < b ? -1 : 1
}

/**
 * Below 0 if `a` comes first, 0 if both are equal, above 0 otherwise (semver.org, 11). Throws on an invalid version.
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const [one, other] = [partsOf(a), partsOf(b)]
  for (const [place, number] of one.numbers.entries())
    if (number !== other.numbers[place]) return number - (other.numbers[place] ?? 0)
  // A release has no pre-release part and sorts after all of its pre-releases.
  if (one.before.length === 0 || other.before.length === 0) return other.before.length - one.before.length
  for (let place = 0; place < Math.max(one.before.length, other.before.length); place++) {
    const order = compareIdentifiers(one.before[place], other.before[place])
    if (order !== 0) return order
  }
  return 0
}

/**
 * Whether a version is in a range. Throws on an invalid range.
 * @param {string} version
 * @param {string} range
 */
export function isIn(version, range) {
  if (range === "unknown") return true
  return range.split("||").some((alternative) => {
    const comparisons = alternative.trim().split(/\s+/)
    return comparisons.every((comparison) => {
      const match = COMPARISON.exec(comparison)
      if (!match) throw new Error(`Can't parse “${range}” at “${comparison}”.`)
      return HOLDS[match[1]]?.(compareVersions(version, match[2])) ?? false
    })
  })
}

/**
 * Every copy of every package that `npm install --omit=dev` installs, by its registry name (an alias by its target).
 * @param {{ packages: Record<string, { name?: string, version?: string, dev?: boolean, link?: boolean, deprecated?: string }> }} lock
 * @returns {Installed[]}
 */
export function installedOf(lock) {
  return Object.entries(lock.packages).flatMap(([place, { name, version, dev, link, deprecated }]) => {
    const folder = place.split("node_modules/").pop()
    if (!place.includes("node_modules/") || !folder || !version || dev || link) return []
    return [{ name: name ?? folder, version, ...(deprecated ? { deprecated } : {}) }]
  })
}

/**
 * The installed versions that the listed advisories affect.
 * @param {Installed[]} installed
 * @param {Record<string, Entry>} packages
 * @returns {Finding[]}
 */
export function findingsOf(installed, packages) {
  return installed.flatMap(({ name, version }) =>
    (packages[name]?.advisories ?? [])
      .filter(({ affected }) => isIn(version, affected))
      .map((advisory) => ({ name, version, advisory })),
  )
}
