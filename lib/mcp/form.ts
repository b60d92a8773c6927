/** Converts a server's form (elicitation) to fields, and the user's input to what the server expects. Pure. */
import { z } from "zod"
import type { AskAnswer } from "@/lib/mcp/types"
import type { FormField } from "@/lib/messages/call-news"

const titled = z.array(z.looseObject({ const: z.string(), title: z.string().optional() }))
const property = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  enumNames: z.array(z.string()).optional(),
  oneOf: titled.optional(),
  items: z.looseObject({ enum: z.array(z.string()).optional(), anyOf: titled.optional() }).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  default: z.unknown().optional(),
})
type Property = z.infer<typeof property>

const formSchema = z.looseObject({
  properties: z.record(z.string(), property),
  required: z.array(z.string()).default([]),
})

const MAX_FIELDS = 50
const MAX_LABEL = 200

/** Null for a form that the protocol doesn't define. */
export function fieldsOf(schema: unknown): FormField[] | null {
  const read = formSchema.safeParse(schema)
  if (!read.success) return null
  const { properties, required } = read.data
  const fields = Object.entries(properties).map(([name, one]) => fieldOf(name, one, required.includes(name)))
  return fields.length <= MAX_FIELDS && fields.every((field) => field !== null) ? fields : null
}

function fieldOf(name: string, one: Property, required: boolean): FormField | null {
  const kind = kindOf(one)
  if (!kind || name.length > MAX_LABEL) return null
  const options = optionsOf(one)?.map(({ value, label }) => ({ value, label: label.slice(0, MAX_LABEL) }))
  const value = defaultOf(one.default)
  return {
    ...{ name, label: (one.title || name).slice(0, MAX_LABEL), required, kind },
    ...(one.description && { help: one.description.slice(0, 1_000) }),
    ...(options && { options }),
    min: one.minimum ?? one.minLength ?? one.minItems,
    max: one.maximum ?? one.maxLength ?? one.maxItems,
    ...(value !== undefined && { value }),
  }
}

const FORMATS: Record<string, FormField["kind"] | undefined> = {
  email: "email",
  uri: "url",
  date: "date",
  "date-time": "datetime",
}

function kindOf({ type, format = "", ...one }: Property): FormField["kind"] | null {
  if (type === "boolean") return "yes_no"
  if (type === "integer" || type === "number") return type === "integer" ? "integer" : "number"
  if (type === "array") return one.items?.enum || one.items?.anyOf ? "choices" : null
  if (one.enum || one.oneOf) return "choice"
  return type === "string" ? (FORMATS[format] ?? "text") : null
}

function optionsOf({ items, oneOf, enumNames, ...one }: Property): { value: string; label: string }[] | undefined {
  const named = oneOf ?? items?.anyOf
  if (named) return named.map(({ const: value, title }) => ({ value, label: title ?? value }))
  const plain = one.enum ?? items?.enum
  return plain?.map((value, place) => ({ value, label: enumNames?.[place] ?? value }))
}

const defaultSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const defaultOf = (value: unknown) => defaultSchema.safeParse(value).data

type Content = Extract<AskAnswer, { action: "accept" }>["content"]

/**
 * Whether the content is valid for the fields. The server validates again: only types, choices, and bounds are checked
 * here.
 */
export const isFilled = (fields: FormField[], content: Content): boolean =>
  Object.keys(content).every((name) => fields.some((field) => field.name === name)) &&
  fields.every((field) => {
    const value = content[field.name]
    return value === undefined ? !field.required : fits(field, value)
  })

function fits({ kind, options = [], min, max }: FormField, value: Content[string]): boolean {
  const within = (size: number) =>
    size >= (min ?? Number.NEGATIVE_INFINITY) && size <= (max ?? Number.POSITIVE_INFINITY)
  const isOption = (one: string) => options.some((option) => option.value === one)
  if (kind === "yes_no") return typeof value === "boolean"
  if (kind === "number") return typeof value === "number" && within(value)
  if (kind === "integer") return typeof value === "number" && Number.isInteger(value) && within(value)
  if (kind === "choices") return Array.isArray(value) && value.every(isOption) && within(value.length)
  if (typeof value !== "string") return false
  return kind === "choice" ? isOption(value) : within(value.length)
}
