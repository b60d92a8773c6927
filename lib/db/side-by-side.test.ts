/**
 * During a rolling restart, the previous version runs on this version's database. So migrations only add, and anything
 * unused is removed one version later (CONTRIBUTING, “A table”). Checks PostgreSQL's history, because that is the
 * database several processes share.
 */
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"

const FOLDER = "prisma/postgresql/migrations"
/** The last migration from before this rule. */
const BEFORE = "20261130053000_folder_tools"
/** States which version was the last to use what is removed. */
const CONTRACT = /^-- contract: not used since \d+\.\d+\.\d+$/m

/** Statements that remove something the previous version needs, or reject what it writes. */
const BREAKS: [what: string, statement: RegExp][] = [
  ["drops a table", /\bDROP\s+TABLE\b/i],
  ["drops a column", /\bDROP\s+COLUMN\b/i],
  ["renames", /\bRENAME\s+(?:TO|COLUMN|CONSTRAINT)\b/i],
  ["changes a type", /\bALTER\s+COLUMN\s+\S+\s+(?:SET\s+DATA\s+)?TYPE\b/i],
  ["makes a column required", /\bALTER\s+COLUMN\s+\S+\s+SET\s+NOT\s+NULL\b/i],
  ["takes a default away", /\bALTER\s+COLUMN\s+\S+\s+DROP\s+DEFAULT\b/i],
  ["adds a required column without a default", /\bADD\s+COLUMN\b(?![^,;]*\bDEFAULT\b)[^,;]*\bNOT\s+NULL\b/i],
  ["adds a rule to a table", /\bADD\s+CONSTRAINT\s+\S+\s+(?:UNIQUE|CHECK)\b/i],
  ["makes what is there unique", /\bCREATE\s+UNIQUE\s+INDEX\b[^;]*\bON\s+"(\w+)"/i],
]

/**
 * The parts of a migration that the previous version can't handle. Tables created in the same migration may have any
 * constraint.
 */
function breaksOf(sql: string): string[] {
  if (CONTRACT.test(sql)) return []
  const plain = sql.replace(/--.*$/gm, "").replace(/\$\$.*?\$\$/gs, "")
  const own = new Set(
    [...plain.matchAll(/\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"(\w+)"/gi)].map(([, name]) => name),
  )
  return plain.split(";").flatMap((statement) => {
    const table = /\b(?:ALTER\s+TABLE|ON)\s+"(\w+)"/i.exec(statement)?.[1]
    if (table !== undefined && own.has(table)) return []
    return BREAKS.flatMap(([what, pattern]) => (pattern.test(`${statement};`) ? what : []))
  })
}

test("newer migrations keep the previous version working", () => {
  const since = readdirSync(FOLDER, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name > BEFORE,
  )
  const broken = since.flatMap(({ name }) =>
    breaksOf(readFileSync(`${FOLDER}/${name}/migration.sql`, "utf8")).map((what) => `${name} ${what}`),
  )
  expect(broken).toEqual([])
})

test.each([
  [`DROP TABLE "Old";`, "drops a table"],
  [`ALTER TABLE "User" DROP COLUMN "name";`, "drops a column"],
  [`ALTER TABLE "User" RENAME COLUMN "name" TO "title";`, "renames"],
  [`ALTER TABLE "User" ALTER COLUMN "name" SET DATA TYPE VARCHAR(9);`, "changes a type"],
  [`ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;`, "makes a column required"],
  [`ALTER TABLE "User" ALTER COLUMN "guest" DROP DEFAULT;`, "takes a default away"],
  [
    `ALTER TABLE "User" ADD COLUMN "a" TEXT,\n ADD COLUMN "b" TEXT NOT NULL;`,
    "adds a required column without a default",
  ],
  [`ALTER TABLE "User" ADD CONSTRAINT "short" CHECK (length("name") < 9);`, "adds a rule to a table"],
  [`CREATE UNIQUE INDEX "User_name_key" ON "User"("name");`, "makes what is there unique"],
])("%s is detected", (sql, what) => {
  expect(breaksOf(sql)).toEqual([what])
  expect(breaksOf(`-- contract: not used since 0.1.0\n${sql}`)).toEqual([])
})

test.each([
  `ALTER TABLE "User" ADD COLUMN "a" TEXT, ADD COLUMN "b" INTEGER NOT NULL DEFAULT 0;`,
  `CREATE TABLE "New" ("id" TEXT NOT NULL); CREATE UNIQUE INDEX "New_id_key" ON "New"("id");`,
  `CREATE INDEX "User_name_idx" ON "User"("name"); -- DROP TABLE in words`,
  `ALTER TABLE "New" ADD CONSTRAINT "New_fkey" FOREIGN KEY ("id") REFERENCES "User"("id");`,
  `ALTER TYPE "FileKind" ADD VALUE 'sound';`,
])("%s is allowed", (sql) => {
  expect(breaksOf(sql)).toEqual([])
})
