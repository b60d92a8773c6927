/** What the schemas to start from are called on the wire; their titles stand in the catalogue by these. */
export const TEMPLATE_NAMES = ["person", "receipt", "review"] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]

export const isTemplate = (name: string): name is TemplateName => TEMPLATE_NAMES.some((known) => known === name)
