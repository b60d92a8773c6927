import type failed from "./en.failed.json"
import type messages from "./en.json"

/** A key that is not in the catalogue is an error of types. */
declare module "next-intl" {
  interface AppConfig {
    Locale: "en"
    Messages: typeof messages & typeof failed
  }
}
