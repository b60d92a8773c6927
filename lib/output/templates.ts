/** Three schemas to start from. Safe to import in the browser. */
import type { TemplateName } from "@/lib/output/template-names"

interface SchemaTemplate {
  name: TemplateName
  schema: Record<string, unknown>
}

const object = (properties: Record<string, unknown>, optional: string[] = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
})

export const SCHEMA_TEMPLATES: SchemaTemplate[] = [
  {
    name: "person",
    schema: object(
      {
        name: { type: "string" },
        age: { type: "integer", minimum: 0, maximum: 150 },
        email: { type: "string", format: "email" },
        phone: { type: "string" },
        occupation: { type: "string" },
      },
      ["age", "email", "phone", "occupation"],
    ),
  },
  {
    name: "receipt",
    schema: object(
      {
        merchant: { type: "string" },
        date: { type: "string", format: "date" },
        currency: { type: "string", pattern: "^[A-Z]{3}$", description: "ISO 4217 code" },
        items: {
          type: "array",
          items: object(
            { description: { type: "string" }, quantity: { type: "number", minimum: 0 }, price: { type: "number" } },
            ["quantity"],
          ),
        },
        total: { type: "number" },
      },
      ["date"],
    ),
  },
  {
    name: "review",
    schema: object({
      sentiment: { type: "string", enum: ["positive", "neutral", "negative", "mixed"] },
      score: { type: "number", minimum: 0, maximum: 1, description: "How positive, from 0 to 1" },
      topics: { type: "array", items: { type: "string" }, maxItems: 8 },
      summary: { type: "string", maxLength: 300 },
    }),
  },
]
