/** The sections of the administration, each with its address. */
export const SECTIONS = ["people", "access", "models", "quotas", "usage", "shares", "audit"] as const
export type AdminSection = (typeof SECTIONS)[number]

export const pathOf = (section: AdminSection): string => `/admin/${section}`
