import type admin from "./en.admin.json"
import type evals from "./en.evals.json"
import type failed from "./en.failed.json"
import type grids from "./en.grids.json"
import type messages from "./en.json"
import type recordings from "./en.recordings.json"
import type schemas from "./en.schemas.json"
import type { Language } from "./language"

/** A key that isn't in the catalogue is a type error. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Language
    Messages: typeof messages &
      typeof failed &
      typeof admin &
      typeof grids &
      typeof evals &
      typeof recordings &
      typeof schemas
  }
}
