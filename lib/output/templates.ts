/** Starter schemas. Safe to import in the browser. */
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

const text = { type: "string" }
const list = (items: Record<string, unknown>) => ({ type: "array", items })
const day = { type: "string", format: "date" }
const month = { type: "string", description: "YYYY or YYYY-MM" }
const currency = { type: "string", pattern: "^[A-Z]{3}$", description: "ISO 4217 code" }
const address = object({ street: text, postalCode: text, city: text, country: text }, [
  "street",
  "postalCode",
  "city",
  "country",
])

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
    name: "contact",
    schema: object(
      {
        name: text,
        company: text,
        role: text,
        emails: list({ type: "string", format: "email" }),
        phones: list(text),
        website: { type: "string", format: "uri" },
        address: address,
      },
      ["company", "role", "emails", "phones", "website", "address"],
    ),
  },
  {
    name: "resume",
    schema: object(
      {
        name: text,
        email: { type: "string", format: "email" },
        location: text,
        summary: text,
        experience: list(
          object(
            {
              role: text,
              company: text,
              from: month,
              to: { ...month, description: "Missing if current" },
              description: text,
            },
            ["from", "to", "description"],
          ),
        ),
        education: list(object({ degree: text, school: text, year: { type: "integer" } }, ["year"])),
        skills: list(text),
        languages: list(object({ language: text, level: text }, ["level"])),
      },
      ["email", "location", "summary", "languages"],
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
    name: "invoice",
    schema: object(
      {
        number: text,
        issued: day,
        due: day,
        seller: object({ name: text, address, taxId: text }, ["address", "taxId"]),
        buyer: object({ name: text, address, taxId: text }, ["address", "taxId"]),
        currency,
        items: list(
          object(
            {
              description: text,
              quantity: { type: "number" },
              unitPrice: { type: "number" },
              taxPercent: { type: "number" },
              total: { type: "number" },
            },
            ["quantity", "unitPrice", "taxPercent"],
          ),
        ),
        net: { type: "number" },
        tax: { type: "number" },
        total: { type: "number" },
        iban: text,
      },
      ["due", "net", "tax", "iban"],
    ),
  },
  {
    name: "product",
    schema: object(
      {
        name: text,
        brand: text,
        category: text,
        price: { type: "number", minimum: 0 },
        currency,
        inStock: { type: "boolean" },
        features: list(text),
        specifications: list(object({ name: text, value: text, unit: text }, ["unit"])),
      },
      ["brand", "category", "price", "currency", "inStock", "specifications"],
    ),
  },
  {
    name: "items",
    schema: object({
      items: list(
        object({ name: text, category: text, quantity: { type: "number" }, unit: text, note: text }, [
          "category",
          "quantity",
          "unit",
          "note",
        ]),
      ),
    }),
  },
  {
    name: "event",
    schema: object(
      {
        title: text,
        start: { type: "string", description: "ISO 8601: a date, or a date with time" },
        end: { type: "string", description: "ISO 8601: a date, or a date with time" },
        location: text,
        organizer: text,
        participants: list(text),
        url: { type: "string", format: "uri" },
        description: text,
      },
      ["end", "location", "organizer", "participants", "url", "description"],
    ),
  },
  {
    name: "minutes",
    schema: object(
      {
        title: text,
        date: day,
        participants: list(text),
        topics: list(object({ topic: text, summary: text })),
        decisions: list(text),
        actions: list(object({ task: text, owner: text, due: day }, ["owner", "due"])),
        open: { ...list(text), description: "Questions that stay open" },
      },
      ["date", "open"],
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
