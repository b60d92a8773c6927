/** In which units a person reads the weather: as their country does, or as they have chosen. What is stored is metric. */
import { Preference } from "@/components/base/preference"

export type Units = "metric" | "us"

const isUnits = (text: string): text is Units => text === "metric" || text === "us"

/** Null: as in their country. */
export const chosenUnits = new Preference<Units | null>({
  key: "sparkler:weather-units",
  initial: null,
  form: { read: (text) => (isUnits(text) ? text : null), write: (units) => units ?? "" },
})

/** Countries that read temperatures in degrees Fahrenheit (CLDR, `unitPreferenceData` of temperature, weather). */
const FAHRENHEIT = new Set(["US", "BS", "BZ", "KY", "PR", "PW"])

/** As people of this locale read it; English without a country is American here. */
export function usualUnits(locale: string): Units {
  const { region, language } = new Intl.Locale(locale)
  return FAHRENHEIT.has(region ?? (language === "en" ? "US" : "")) ? "us" : "metric"
}

/** A temperature, without its unit's letter. */
export const degrees = (celsius: number, units: Units): string =>
  `${Math.round(units === "us" ? celsius * 1.8 + 32 : celsius) || 0}°`

/** A speed, with its unit. */
export const speed = (kmh: number, units: Units, locale: string): string =>
  (units === "us" ? kmh / 1.609344 : kmh).toLocaleString(locale, {
    style: "unit",
    unit: units === "us" ? "mile-per-hour" : "kilometer-per-hour",
    maximumFractionDigits: 0,
  })
