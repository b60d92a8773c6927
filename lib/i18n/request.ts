import { headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import { languageOf } from "@/lib/i18n/language"

/**
 * The texts of the page for one request. One language so far; another one is two files beside `en.json` and
 * `en.failed.json` (what the page needs that stands in for all others: it travels with every page) and a choice here.
 */
export default getRequestConfig(async () => ({
  locale: languageOf(await headers()),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  messages: { ...(await import("./en.json")).default, ...(await import("./en.failed.json")).default },
}))
