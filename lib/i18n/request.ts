import { headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import { type Language, languageOf } from "@/lib/i18n/language"

/**
 * The texts of the error page (`*.failed.json`) are sent with every page. Those of the administration (`*.admin.json`),
 * schemas (`*.schemas.json`), grids (`*.grids.json`), evals (`*.evals.json`), and recordings (`*.recordings.json`) are
 * only sent with their own pages (`app/layout.tsx`).
 */
const CATALOGUES: Record<Language, () => Promise<{ default: object }[]>> = {
  en: () =>
    Promise.all([
      import("./en.json"),
      import("./en.failed.json"),
      import("./en.admin.json"),
      import("./en.grids.json"),
      import("./en.recordings.json"),
      import("./en.evals.json"),
      import("./en.schemas.json"),
    ]),
  de: () =>
    Promise.all([
      import("./de.json"),
      import("./de.failed.json"),
      import("./de.admin.json"),
      import("./de.grids.json"),
      import("./de.recordings.json"),
      import("./de.evals.json"),
      import("./de.schemas.json"),
    ]),
}

/** The page's texts for one request. */
export default getRequestConfig(async () => {
  const locale = languageOf(await headers())
  return {
    locale,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    messages: Object.assign({}, ...(await CATALOGUES[locale]()).map((part) => part.default)),
  }
})
