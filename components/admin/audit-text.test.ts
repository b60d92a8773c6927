/** Every action written to the log has a text. */
import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { AUDIT_TEXTS } from "@/components/admin/audit-text"
import catalogue from "@/lib/i18n/en.admin.json"

test("every audit action has a text, and every text belongs to an action", () => {
  expect(Object.values(AUDIT_TEXTS).sort()).toEqual(Object.keys(catalogue.admin.audit.actions).sort())
  const sources = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter(
      (file) => /\.m?ts$/.test(file) && !/\.(?:test|cases|fixture)\.ts$/.test(file) && !file.startsWith("db/generated"),
    )
    .map((file) => readFileSync(`lib/${file}`, "utf8"))
  const written = new Set(
    sources
      .filter((text) => /\baudit\(|\.note\(/.test(text))
      .flatMap((text) => [
        ...text.matchAll(/"((?:account|admin|settings|model|invitation|share|password|sign_in)\.[a-z_]+)"/g),
      ])
      .map(([, action]) => action),
  )
  expect([...written].sort()).toEqual(Object.keys(AUDIT_TEXTS).sort())
})
