/** Server code makes requests only through two clients: `nodeFetch` for configured servers, and `guardedFetch`. */
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { expect, test } from "vitest"

const ROOT = path.resolve(import.meta.dirname, "../../..")
/** The demo server and the command line are separate programs; the sandbox's frame runs in the browser. */
const ELSEWHERE = /^lib\/(?:demo|cli|sandbox\/frame)\/|\.(?:test|fixture|cases)\.tsx?$|^lib\/db\/generated\//
const DIRECT = /(?:^|[^.\w])fetch\(|\bhttps?\.(?:request|get)\(|\b(?:net|tls)\.connect\(|from "undici"/m

test("all outgoing requests go through the two clients", () => {
  const files = ["app", "lib"].flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, encoding: "utf8" }).map((file) => path.join(top, file)),
  )
  const code = files.filter((file) => /\.tsx?$/.test(file) && !ELSEWHERE.test(file))
  expect(code.length).toBeGreaterThan(200)
  const asking = code.filter((file) => DIRECT.test(readFileSync(path.join(ROOT, file), "utf8")))
  expect(asking.filter((file) => path.dirname(file) !== "lib/http/outgoing")).toEqual([])
})
