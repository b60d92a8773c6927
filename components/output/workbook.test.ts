import readExcel from "read-excel-file/node"
import { expect, test } from "vitest"
import { workbookOf } from "@/components/output/workbook"
import { readJson } from "@/lib/output/json-source"
import { tableOf } from "@/lib/output/rows"

test("a workbook stores numbers, dates, booleans, and text that stays text", async () => {
  const { value } = readJson(
    '[{"n":1.5,"id":9007199254740993,"day":"2026-11-30","odd":"2026-02-30","yes":true,"text":"=1+1","none":null}]',
  )
  const blob = await workbookOf(tableOf(value))
  const [sheet] = await readExcel(Buffer.from(await blob.arrayBuffer()))
  expect(sheet?.data).toEqual([
    ["n", "id", "day", "odd", "yes", "text", "none"],
    [1.5, "9007199254740993", new Date("2026-11-30"), "2026-02-30", true, "=1+1", null],
  ])
})
