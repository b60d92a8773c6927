import type admin from "./en.admin.json"
import type failed from "./en.failed.json"
import type messages from "./en.json"
import type { Language } from "./language"

/** A key that is not in the catalogue is an error of types. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Language
    Messages: typeof messages & typeof failed & typeof admin
  }
}
