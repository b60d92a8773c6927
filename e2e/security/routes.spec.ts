/** The build contains no route that the rights test (`app/api/rights.test.ts`) doesn't cover. */
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect, test } from "@playwright/test"

const ROOT = path.resolve(import.meta.dirname, "../..")
const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, ".next/server", file), "utf8"))

/** Program files that Next.js turns into routes. */
const OF_THE_PROGRAM = ["/apple-icon.png", "/icon.svg", "/manifest.webmanifest"]
/** What authorization servers read about this client; public. */
const FOR_SERVERS = ["/client-metadata.json"]

test("every route of the build is in `app/api`, and covered by the rights table", () => {
  const built = Object.keys(read("app-paths-manifest.json"))
    .filter((name) => name.endsWith("/route"))
    .map((name) => name.slice(0, -"/route".length))
  const known = readdirSync(path.join(ROOT, "app/api"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/route.ts"))
    .map((file) => `/api/${file.slice(0, -"/route.ts".length)}`)
  expect(known.length).toBeGreaterThan(80)
  expect(built.filter((name) => ![...OF_THE_PROGRAM, ...FOR_SERVERS].includes(name)).sort()).toEqual(known.sort())
  expect(Object.keys(read("pages-manifest.json")).filter((name) => name.startsWith("/api"))).toEqual([])
})

test("there are no server actions: the page's requests go through the routes", () => {
  const { node, edge } = read("server-reference-manifest.json")
  expect([node, edge]).toEqual([{}, {}])
})
