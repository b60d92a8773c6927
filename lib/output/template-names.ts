/** Identifiers of the starter schemas in the API; the message catalog has their titles under these. */
// biome-ignore format: one line for each use
export const TEMPLATE_NAMES = [
  "person", "contact", "resume",
  "receipt", "invoice", "product", "items",
  "event", "minutes", "review",
] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]

export const isTemplate = (name: string): name is TemplateName => TEMPLATE_NAMES.some((known) => known === name)
