import { expect, test } from "vitest"
import { schemaOfWords } from "@/lib/demo/words/schema-of-words"
import { checkSchema } from "@/lib/output/validate"

const schemaOf = (words: string) => JSON.parse(schemaOfWords(words))

test("a list of things becomes a table with their properties", () => {
  const { title, properties } = schemaOf(
    "For each job posting: title, company, salary (optional), whether it's remote, number of openings, a list of skills and the closing date",
  )
  expect(title).toBe("Job posting")
  expect(properties.items.items).toEqual({
    type: "object",
    properties: {
      title: { type: "string" },
      company: { type: "string" },
      salary: { type: "number" },
      remote: { type: "boolean" },
      numberOfOpenings: { type: "integer" },
      skills: { type: "array", items: { type: "string" } },
      closingDate: { type: "string", format: "date" },
    },
    required: ["title", "company", "remote", "numberOfOpenings", "skills", "closingDate"],
    additionalProperties: false,
  })
})

test("a single thing becomes an object; German text works too", () => {
  expect(schemaOf("Eine Rechnung mit Nummer, Datum, Betrag und E-Mail des Kunden").properties).toEqual({
    nummer: { type: "string" },
    datum: { type: "string", format: "date" },
    betrag: { type: "number" },
    emailDesKunden: { type: "string", format: "email" },
  })
})

test.each(["", ":", "a: b: c", "__proto__, constructor", "x".repeat(5_000), "a, ".repeat(500)])(
  "any text produces a usable schema",
  (words) => {
    expect(checkSchema(schemaOf(words))).toEqual([])
  },
)
