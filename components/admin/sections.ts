/** The admin sections and their URLs. */
export const SECTIONS = ["people", "access", "models", "quotas", "usage", "shares", "audit"] as const
export type AdminSection = (typeof SECTIONS)[number]

export const pathOf = (section: AdminSection): string => `/admin/${section}`
