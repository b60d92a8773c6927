import { getRequestConfig } from "next-intl/server"

/** The texts of the page for one request. One language so far; another one is a file beside `en.json` and a choice here. */
export default getRequestConfig(async () => ({
  locale: "en",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  messages: (await import("./en.json")).default,
}))
