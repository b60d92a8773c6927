/** `get_weather`: current weather and forecast of a place, from Open-Meteo (no key, https://open-meteo.com/en/docs). */
import { z } from "zod"
import { defineTool } from "@/lib/ai/tools/define"
import { conditionsOf } from "@/lib/ai/tools/get_weather/codes"
import { findPlace, type Place } from "@/lib/ai/tools/get_weather/places"
import { ask } from "@/lib/ai/tools/get_weather/request"
import { type WeatherInput, type WeatherOutput, weatherInput, weatherOutput } from "@/lib/ai/tools/get_weather/types"
import { config } from "@/lib/config"

interface WeatherServers {
  /** Origins without a trailing slash. */
  weatherUrl: string
  geocodingUrl: string
}

const column = z.array(z.number().nullable())
const forecast = z.object({
  timezone: z.string(),
  current: z.object({
    time: z.string(),
    temperature_2m: z.number(),
    apparent_temperature: z.number(),
    relative_humidity_2m: z.number(),
    wind_speed_10m: z.number(),
    is_day: z.number(),
    weather_code: z.number(),
  }),
  hourly: z.object({ time: z.array(z.string()), temperature_2m: column, precipitation_probability: column }),
  daily: z.object({
    time: z.array(z.string()),
    weather_code: column,
    temperature_2m_max: column,
    temperature_2m_min: column,
    precipitation_probability_max: column,
  }),
})
type Forecast = z.infer<typeof forecast>

export default defineTool({
  name: "get_weather",
  description:
    "Get the current weather for a location, and the forecast for the next days, in °C and km/h; the card shows them in the units of the person's country. `others` are places of the same name: say which one it is. The person sees the result as a card: don't repeat every number.",
  input: weatherInput,
  output: weatherOutput,
  limits: { timeMs: 60_000, resultChars: 50_000, atOnce: 8 },
  // The servers come from the settings.
  may: { useNetwork: true, runUnasked: true },
  run: (input, { signal }) => getWeather(input, config(), signal),
})

/** Throws `ToolError`: unknown place, service unreachable, request refused, or unexpected response. */
export async function getWeather(
  { location }: WeatherInput,
  servers: WeatherServers,
  signal?: AbortSignal,
): Promise<WeatherOutput> {
  const { place, others } = await findPlace(location, servers.geocodingUrl, signal)
  const query = new URLSearchParams({
    latitude: String(place.latitude),
    longitude: String(place.longitude),
    current: "temperature_2m,apparent_temperature,relative_humidity_2m,wind_speed_10m,is_day,weather_code",
    hourly: "temperature_2m,precipitation_probability",
    daily: "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max",
    timezone: "auto",
    forecast_days: "7",
  })
  const weather = toOutput(place, await ask(`${servers.weatherUrl}/v1/forecast?${query}`, forecast, signal))
  return others.length > 0 ? { ...weather, others: others.map(namesOf) } : weather
}

const namesOf = ({ name, admin1, country }: Place) => ({ name, region: admin1 ?? null, country: country ?? null })

const HOURS = 24

function toOutput(place: Place, { timezone, current, hourly, daily }: Forecast): WeatherOutput {
  // The current hour: times are local ISO strings, so they compare as text.
  const running = hourly.time.findLastIndex((time) => time <= current.time)
  const from = Math.max(0, running)
  return {
    place: {
      ...namesOf(place),
      latitude: place.latitude,
      longitude: place.longitude,
      timezone,
    },
    now: {
      time: current.time,
      temperatureC: current.temperature_2m,
      feelsLikeC: current.apparent_temperature,
      humidityPercent: current.relative_humidity_2m,
      windKmh: current.wind_speed_10m,
      isDay: current.is_day === 1,
      conditions: conditionsOf(current.weather_code),
    },
    hours: hourly.time.slice(from, from + HOURS).flatMap((time, index) => {
      const temperatureC = hourly.temperature_2m[from + index]
      return temperatureC == null
        ? []
        : [{ time, temperatureC, precipitationPercent: hourly.precipitation_probability[from + index] ?? null }]
    }),
    days: daily.time.flatMap((date, index) => {
      const [minC, maxC, code] = [
        daily.temperature_2m_min[index],
        daily.temperature_2m_max[index],
        daily.weather_code[index],
      ]
      if (minC == null || maxC == null || code == null) return []
      return [
        {
          date,
          minC,
          maxC,
          precipitationPercent: daily.precipitation_probability_max[index] ?? null,
          conditions: conditionsOf(code),
        },
      ]
    }),
    source: "Open-Meteo",
  }
}
