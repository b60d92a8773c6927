/**
 * The output of `npm run audit`: rows of npm's report, or of our list of advisories if the registry gives no report.
 *
 * @typedef {{ package: string, installed: string, advisory: string, fixed: string, what: string, note?: string }} Row
 */

/**
 * Parses the output of `npm audit --json`: its findings, or why there is no report. Findings inherited from
 * a dependency aren't repeated.
 * @param {string} output
 * @param {import("./advisories.mjs").Installed[]} installed
 * @returns {{ rows: Row[] } | { failure: string }}
 */
export function readReport(output, installed) {
  let report
  try {
    report = JSON.parse(output)
  } catch {
    return { failure: output.trim().split("\n")[0] || "no response" }
  }
  if (!report.vulnerabilities)
    return { failure: report.message ?? report.error?.summary ?? "a response without findings" }
  const rows = Object.values(report.vulnerabilities).flatMap(({ name, via }) =>
    via
      .filter((cause) => typeof cause !== "string")
      .map(({ url, title, range, severity }) => ({
        package: name,
        installed: versionsOf(name, installed),
        advisory: url.split("/").pop(),
        fixed: `not ${range}`,
        what: `${severity}: ${title}`,
      })),
  )
  return { rows }
}

/**
 * @param {import("./advisories.mjs").Finding[]} findings
 * @returns {Row[]}
 */
export const rowsOf = (findings) =>
  findings.map(({ name, version, advisory: { id, cve, what, fixed, open } }) => ({
    package: name,
    installed: version,
    advisory: cve ? `${id} (${cve})` : id,
    fixed: fixed ?? "unknown",
    what,
    note: open,
  }))

/**
 * @param {string} name
 * @param {import("./advisories.mjs").Installed[]} installed
 */
const versionsOf = (name, installed) =>
  installed
    .filter((one) => one.name === name)
    .map(({ version }) => version)
    .join(", ")

const COLUMNS = /** @type {const} */ (["package", "installed", "advisory", "fixed", "what"])
const HEADS = { package: "Package", installed: "Installed", advisory: "Advisory", fixed: "Fixed in", what: "What" }

/**
 * The rows as a table; a shared note appears once, below the last row that has it.
 * @param {Row[]} rows
 */
export function tableOf(rows) {
  const lines = [HEADS, ...rows]
  const widths = COLUMNS.map((column) => Math.max(...lines.map((row) => row[column].length)))
  const line = (/** @type {Row} */ row) =>
    COLUMNS.map((column, place) => row[column].padEnd(widths[place] ?? 0))
      .join("  ")
      .trimEnd()
  const body = rows.flatMap((row, place) => {
    const next = rows[place + 1]
    const isLast = next?.package !== row.package || next.note !== row.note
    return [line(row), ...(row.note && isLast ? [`  ${row.note}`] : [])]
  })
  return [line(HEADS), ...body].join("\n")
}
