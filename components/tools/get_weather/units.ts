/** The units for weather: those of the user's country, or as chosen. Stored data is metric. */
import { Preference } from "@/components/base/preference"

export type Units = "metric" | "us"

const isUnits = (text: string): text is Units => text === "metric" || text === "us"

/** Null: as in the user's country. */
export const preferredUnits = new Preference<Units | null>({
  key: "sparkler:weather-units",
  initial: null,
  form: { read: (text) => (isUnits(text) ? text : null), write: (units) => units ?? "" },
})

/** Countries that use degrees Fahrenheit (CLDR, `unitPreferenceData` of temperature, weather). */
const FAHRENHEIT = new Set(["US", "BS", "BZ", "KY", "PR", "PW"])

/** The usual units of a locale; English without a country counts as American here. */
export function defaultUnits(locale: string): Units {
  const { region, language } = new Intl.Locale(locale)
  return FAHRENHEIT.has(region ?? (language === "en" ? "US" : "")) ? "us" : "metric"
}

/** A temperature without the unit letter. */
export const degrees = (celsius: number, units: Units): string =>
  `${Math.round(units === "us" ? celsius * 1.8 + 32 : celsius) || 0}°`

export const speed = (kmh: number, units: Units, locale: string): string =>
  (units === "us" ? kmh / 1.609344 : kmh).toLocaleString(locale, {
    style: "unit",
    unit: units === "us" ? "mile-per-hour" : "kilometer-per-hour",
    maximumFractionDigits: 0,
  })
