import { headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import { type Language, languageOf } from "@/lib/i18n/language"

/**
 * What the page needs that stands in for all others (`*.failed.json`) travels with every page; what the administration
 * says (`*.admin.json`) with its own only (`app/layout.tsx`).
 */
const CATALOGUES: Record<Language, () => Promise<{ default: object }[]>> = {
  en: () => Promise.all([import("./en.json"), import("./en.failed.json"), import("./en.admin.json")]),
  de: () => Promise.all([import("./de.json"), import("./de.failed.json"), import("./de.admin.json")]),
}

/** The texts of the page for one request. */
export default getRequestConfig(async () => {
  const locale = languageOf(await headers())
  return {
    locale,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    messages: Object.assign({}, ...(await CATALOGUES[locale]()).map((part) => part.default)),
  }
})
