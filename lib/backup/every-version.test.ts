import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll } from "vitest"
import { everyVersionCases } from "@/lib/backup/every-version.cases"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-versions-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

everyVersionCases("file:", async () => ({
  url: `file:${path.join(folder, `${randomUUID()}.db`)}`,
  drop: async () => {},
}))
