/**
 * Runs the JSON-Schema-Test-Suite as packaged by Debian (libtest-json-schema-acceptance-perl; `.ci/run` unpacks it).
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import { describe, expect, test } from "vitest"
import type { Draft } from "@/lib/output/schema/dialect"
import { SchemaDocument, Unresolved } from "@/lib/output/schema/document"
import { Evaluation } from "@/lib/output/schema/evaluate"

const SUITE = path.resolve(
  process.env.JSON_SCHEMA_TEST_SUITE ||
    ".sparkler/json-schema-test-suite/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests",
)

interface Group {
  description: string
  schema: Record<string, unknown> | boolean
  tests: { description: string; data: unknown; valid: boolean }[]
}

/** Optional parts that we also pass. */
const OPTIONAL = [
  ...["dependencies-compatibility", "ecmascript-regex", "float-overflow", "non-bmp-regex"],
  ...["refOfUnknownKeyword", "unicode"],
].map((name) => `optional/${name}.json`)

/** Schemas to be fetched from a server: nothing is fetched here. */
const ELSEWHERE = /localhost:1234/

const DRAFTS: [folder: string, draft: Draft][] = [
  ["draft2020-12", "2020-12"],
  ["draft2019-09", "2019-09"],
  ["draft7", "draft-07"],
]

function verdict({ schema }: Group, draft: Draft, data: unknown): boolean | "elsewhere" | Error {
  if (typeof schema === "boolean") return schema
  if (ELSEWHERE.test(String(schema.$schema))) return "elsewhere"
  try {
    return new Evaluation(new SchemaDocument(schema, draft)).check(data).length === 0
  } catch (error) {
    if (error instanceof Unresolved && error.outside && ELSEWHERE.test(JSON.stringify(schema))) return "elsewhere"
    return error instanceof Error ? error : new Error(String(error))
  }
}

const groupsOf = (file: string): Group[] => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [])

describe.each(DRAFTS)("%s", (folder, draft) => {
  test("agrees with the JSON Schema test suite", ({ skip }) => {
    skip(!existsSync(SUITE) && !process.env.CI, "needs the JSON-Schema-Test-Suite (see .ci/run)")
    const files = readdirSync(path.join(SUITE, folder)).filter((name) => name.endsWith(".json"))
    let agreed = 0
    const wrong: string[] = []
    for (const file of [...files, ...OPTIONAL])
      for (const group of groupsOf(path.join(SUITE, folder, file)))
        for (const { description, data, valid } of group.tests) {
          const said = verdict(group, draft, data)
          if (said === valid) agreed++
          else if (said !== "elsewhere") wrong.push(`${file}: ${group.description}, ${description}: ${said}`)
        }
    expect(wrong).toEqual([])
    expect(agreed).toBeGreaterThan(900)
  })
})
