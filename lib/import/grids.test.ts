/** Lines of grids and evals that our own exports never contain. */
import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { MODEL, setUp, started, user } from "@/lib/generation/generation.fixture"
import { importEvals } from "@/lib/import/evals"
import { importGrids } from "@/lib/import/grids"
import { folderOf } from "@/lib/import/stage"

setUp()

async function staged(of: "grids" | "evals", lines: object[]): Promise<string> {
  const id = uuidv7()
  await mkdir(folderOf(user.id, id), { recursive: true })
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("")
  await writeFile(path.join(folderOf(user.id, id), `${of}.ndjson`), text)
  return id
}

const createdAt = "2026-11-01T00:00:00.000Z"
const huge = { inputTokens: 3_000_000_000, outputTokens: 7 }

test("a number too large for its column is dropped, and a grid without a schema is skipped", async () => {
  const head = (title: string, output: object) => ({
    ...{ format: "sparkler-grid", version: 1, title, instructions: "", output, models: [MODEL], settings: {} },
    ...{ columns: [], spendLimitUsd: null, createdAt },
  })
  const answer = {
    place: 0,
    state: "done",
    result: { value: 1 },
    edited: null,
    problems: null,
    error: null,
    model: null,
  }
  const row = { number: 0, input: { text: "x" }, answers: [{ ...answer, ...huge, costUsd: 1 }] }
  const output = { type: "json_schema", name: "x", schema: { type: "number" } }
  await importGrids(user.id, await staged("grids", [head("One", output), row, head("None", { type: "json" }), row]))
  const grids = await started.testDb.database.grid.findMany({ include: { rows: true, answers: true } })
  expect(grids).toMatchObject([{ title: "One", answers: [{ state: "done", inputTokens: 0, outputTokens: 7 }] }])
  expect(grids[0]?.rows).toHaveLength(1)
})

test("the same applies to evals", async () => {
  const head = { format: "sparkler-eval", version: 1, title: "Eval", judge: null, createdAt }
  const asked = { id: uuidv7(), question: "q", system: "", check: { kind: "none" } }
  const later = { ...head, version: 2 }
  const other = { case: { ...asked, id: uuidv7() } }
  const run = { columns: [{ model: MODEL }], judge: null, spendLimitUsd: null, createdAt }
  const answer = { place: 0, state: "done", verdict: "none", result: { text: "a" }, finding: null, error: null }
  const answers = [{ ...answer, model: null, ...huge, costUsd: null, judgeUsd: null, firstMs: 9_000_000_000, speed: 1 }]
  await importEvals(user.id, await staged("evals", [head, { case: asked }, { run }, { asked, answers }, later, other]))
  const rows = await started.testDb.database.evalAnswer.findMany()
  expect(await started.testDb.database.evalCase.count()).toBe(1)
  expect(rows).toMatchObject([{ inputTokens: 0, outputTokens: 7, firstMs: null }])
})
