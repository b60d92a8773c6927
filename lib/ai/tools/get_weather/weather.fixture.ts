/**
 * Open-Meteo responses for a few places, in the documented format (https://open-meteo.com/en/docs and
 * /en/docs/geocoding-api). For tests: written from the documentation, no response was recorded.
 */

interface Settlement {
  id: number
  name: string
  latitude: number
  longitude: number
  elevation: number
  feature_code: string
  country_code: string
  timezone: string
  population: number
  country: string
  admin1: string
}

const settlement = (
  [id, name, latitude, longitude, elevation]: [number, string, number, number, number],
  [feature_code, country_code, timezone, population]: [string, string, string, number],
  [admin1, country]: [string, string],
): Settlement => ({
  id,
  name,
  latitude,
  longitude,
  elevation,
  feature_code,
  country_code,
  timezone,
  population,
  country,
  admin1,
})

const US = "United States"

/** Places known to the geocoding service. The last two are fictional. */
export const SETTLEMENTS: Settlement[] = [
  settlement(
    [2988507, "Paris", 48.85341, 2.3488, 42],
    ["PPLC", "FR", "Europe/Paris", 2138551],
    ["Île-de-France", "France"],
  ),
  settlement([4717560, "Paris", 33.66094, -95.55551, 183], ["PPLA2", "US", "America/Chicago", 24782], ["Texas", US]),
  settlement(
    [5391959, "San Francisco", 37.77493, -122.41942, 16],
    ["PPLA2", "US", "America/Los_Angeles", 827526],
    ["California", US],
  ),
  settlement([3143244, "Oslo", 59.91273, 10.74609, 26], ["PPLC", "NO", "Europe/Oslo", 1082575], ["Oslo", "Norway"]),
  settlement(
    [4409896, "Springfield", 37.21533, -93.29824, 396],
    ["PPLA2", "US", "America/Chicago", 170188],
    ["Missouri", US],
  ),
  settlement(
    [4951788, "Springfield", 42.10148, -72.58981, 21],
    ["PPLA2", "US", "America/New_York", 153606],
    ["Massachusetts", US],
  ),
  settlement(
    [4250542, "Springfield", 39.80172, -89.64371, 182],
    ["PPLA", "US", "America/Chicago", 114394],
    ["Illinois", US],
  ),
  settlement([9000001, "Refusedville", 10, 10, 5], ["PPL", "XX", "UTC", 1000], ["Testshire", "Testland"]),
  settlement([9000002, "Slowtown", -10, -10, 5], ["PPL", "XX", "UTC", 1000], ["Testshire", "Testland"]),
]

export const REFUSED = SETTLEMENTS.find(({ name }) => name === "Refusedville")
export const SLOW = SETTLEMENTS.find(({ name }) => name === "Slowtown")

/** The weather of each place: mean and daily swing in °C, rain in percent, WMO codes from today on. */
interface Climate {
  mean: number
  swing: number
  rain: number
  codes: number[]
}
const MILD: Climate = { mean: 12, swing: 4, rain: 20, codes: [2, 3, 61, 80, 1, 0, 2] }
const CLIMATES: Record<string, Climate> = {
  Paris: { mean: 9, swing: 3, rain: 40, codes: [61, 3, 2, 80, 63, 45, 1] },
  "San Francisco": { mean: 15, swing: 5, rain: 10, codes: [0, 1, 2, 0, 3, 51, 1] },
  Oslo: { mean: -4, swing: 3, rain: 60, codes: [73, 71, 85, 3, 2, 75, 77] },
}

/** Response of `GET /v1/search`: without `results` if nothing matches, like the real service. */
export function geocodingAnswer(name: string, count: number) {
  const wanted = name.toLowerCase()
  const results = SETTLEMENTS.filter((place) => {
    const known = place.name.toLowerCase()
    // Two characters match exactly, three or more match as a prefix, one matches nothing.
    return wanted.length > 2 ? known.startsWith(wanted) : wanted.length === 2 && known === wanted
  })
    .sort((a, b) => b.population - a.population)
    .slice(0, count)
  return { ...(results.length > 0 ? { results } : {}), generationtime_ms: 0.5 }
}

const DAYS = 7
const round = (value: number) => Math.round(value * 10) / 10

/** Coldest at 4:00, warmest at 16:00; each day half a degree warmer than the one before. */
const temperatureAt = ({ mean, swing }: Climate, day: number, hour: number) =>
  round(mean + day / 2 - swing * Math.cos(((hour - 4) * Math.PI) / 12))
const rainAt = ({ rain }: Climate, day: number, hour: number) => (rain + day * 5 + hour) % 101

/** Hourly weather of a place for 7 days. `now` is local time there, e.g. `2026-11-23T09:45`. */
export function weatherOf(place: Settlement, now: string) {
  const climate = CLIMATES[place.name] ?? MILD
  const today = Date.parse(`${now.slice(0, 10)}T00:00Z`)
  const dates = Array.from({ length: DAYS }, (_, day) => new Date(today + day * 86_400_000).toISOString().slice(0, 10))
  const hours = dates.flatMap((date, day) => Array.from({ length: 24 }, (_, hour) => ({ date, day, hour })))
  const code = (day: number) => climate.codes[day] ?? 0
  const hour = Number(now.slice(11, 13))
  const temperature = temperatureAt(climate, 0, hour)
  const daily = (read: (climate: Climate, day: number, hour: number) => number) =>
    dates.map((_, day) => Array.from({ length: 24 }, (_, each) => read(climate, day, each)))
  return {
    current: {
      temperature_2m: temperature,
      apparent_temperature: round(temperature - 2.5),
      relative_humidity_2m: 71,
      wind_speed_10m: 14.4,
      is_day: hour >= 7 && hour < 19 ? 1 : 0,
      weather_code: code(0),
    },
    hourly: {
      time: hours.map(({ date, hour: each }) => `${date}T${String(each).padStart(2, "0")}:00`),
      temperature_2m: hours.map(({ day, hour: each }) => temperatureAt(climate, day, each)),
      precipitation_probability: hours.map(({ day, hour: each }) => rainAt(climate, day, each)),
      weather_code: hours.map(({ day }) => code(day)),
    },
    daily: {
      time: dates,
      weather_code: dates.map((_, day) => code(day)),
      temperature_2m_max: daily(temperatureAt).map((each) => Math.max(...each)),
      temperature_2m_min: daily(temperatureAt).map((each) => Math.min(...each)),
      precipitation_probability_max: daily(rainAt).map((each) => Math.max(...each)),
    },
  }
}
