/** `npm run audit` against a local registry: one that responds, and one that doesn't. */
import { spawn } from "node:child_process"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { readReport, rowsOf, tableOf } from "./audit-report.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")

/** Runs the command against this registry. */
async function audit(answer: RequestListener): Promise<{ output: string; code: number | null }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, ["lib/cli/audit.mjs"], {
    cwd: ROOT,
    env: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_audit: "true" },
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      output += data
    })
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
  server.closeAllConnections()
  server.close()
  return { output, code }
}

/** A registry with these advisories and no packages. */
const knows =
  (advisories: object): RequestListener =>
  (request, response) => {
    const isAsked = request.method === "POST" && request.url?.endsWith("/advisories/bulk")
    request.resume()
    response.writeHead(isAsked ? 200 : 404, { "content-type": "application/json" })
    response.end(JSON.stringify(isAsked ? advisories : {}))
  }

describe("npm run audit", () => {
  it("prints the registry's findings, and exits with 1", async () => {
    const advisory = {
      id: 1,
      url: "https://github.com/advisories/GHSA-2222-3333-4444",
      title: "Only made up",
      severity: "high",
      vulnerable_versions: "<99.0.0",
    }
    const { output, code } = await audit(knows({ zod: [advisory] }))
    expect(output).toMatch(/zod +\d+\.\d+\.\d+ +GHSA-2222-3333-4444 +not <99\.0\.0 +high: Only made up/)
    expect(output).not.toContain("advisories.json")
    expect(code).toBe(1)
  })

  it("exits with 0 when the registry has no findings", async () => {
    const { output, code } = await audit(knows({}))
    expect(output.trim()).toBe("No known advisories.")
    expect(code).toBe(0)
  })

  it("reports when the registry is unavailable, and checks the local list against installed packages", async () => {
    const { output, code } = await audit((request, response) => {
      request.resume()
      response.writeHead(405).end()
    })
    expect(output).toContain("The registry returned no report (405 Method Not Allowed")
    expect(output).toContain("Checked against lib/cli/advisories.json instead")
    expect(code).toBe(/No known advisories/.test(output) ? 0 : 1)
  })
})

describe("invalid audit report", () => {
  it.each([
    ["", "no response"],
    ["npm: not found\nmore", "npm: not found"],
    ['{"message":"request to http://x failed"}', "request to http://x failed"],
    ['{"error":{"summary":"no network"}}', "no network"],
    ["{}", "a response without findings"],
  ])("%j: %s", (output, failure) => {
    expect(readReport(output, [])).toEqual({ failure })
  })
})

it("a table shows a note once for the rows that share it", () => {
  const advisory = (id: string) => ({ id, what: "w", affected: "<2.0.0", fixed: "2.0.0", from: "osv", open: "Soon." })
  const findings = ["CVE-1", "CVE-2"].map((id) => ({ name: "a", version: "1.0.0", advisory: advisory(id) }))
  expect(tableOf(rowsOf(findings)).split("\n")).toEqual([
    "Package  Installed  Advisory  Fixed in  What",
    "a        1.0.0      CVE-1     2.0.0     w",
    "a        1.0.0      CVE-2     2.0.0     w",
    "  Soon.",
  ])
})
