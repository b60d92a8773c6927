/** `get_weather`: now and the next days of a place, from Open-Meteo (no key, https://open-meteo.com/en/docs). */
import { tool } from "ai"
import { z } from "zod"
import { conditionsOf } from "@/lib/ai/tools/weather.codes"
import { type WeatherInput, type WeatherOutput, weatherInput, weatherOutput } from "@/lib/ai/tools/weather.types"

export interface WeatherServers {
  /** Origins without a trailing slash. */
  weatherUrl: string
  geocodingUrl: string
}

/** A failure whose message is a sentence for the person and the model. */
export class WeatherError extends Error {
  override name = "WeatherError"
}

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1_000_000
const RETRYABLE = new Set([429, 500, 502, 503, 504])

const places = z.object({
  results: z
    .array(
      z.object({
        name: z.string(),
        latitude: z.number(),
        longitude: z.number(),
        timezone: z.string().default("UTC"),
        country: z.string().optional(),
        country_code: z.string().optional(),
        admin1: z.string().optional(),
      }),
    )
    .default([]),
})
type Place = z.infer<typeof places>["results"][number]

const column = z.array(z.number().nullable())
const forecast = z.object({
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

export const weatherTool = (servers: WeatherServers) =>
  tool({
    description: "Get the current weather for a location, and the forecast for the next days",
    inputSchema: weatherInput,
    outputSchema: weatherOutput,
    execute: (input, { abortSignal }) => getWeather(input, servers, abortSignal),
  })

/** Throws `WeatherError`: unknown place, service unreachable, refusing or answering oddly. */
export async function getWeather(
  { location }: WeatherInput,
  servers: WeatherServers,
  signal?: AbortSignal,
): Promise<WeatherOutput> {
  const place = await findPlace(location, servers, signal)
  const query = new URLSearchParams({
    latitude: String(place.latitude),
    longitude: String(place.longitude),
    current: "temperature_2m,apparent_temperature,relative_humidity_2m,wind_speed_10m,is_day,weather_code",
    hourly: "temperature_2m,precipitation_probability",
    daily: "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max",
    timezone: "auto",
    forecast_days: "7",
  })
  return toOutput(place, await ask(`${servers.weatherUrl}/v1/forecast?${query}`, forecast, signal))
}

/** “Springfield, Illinois”: the name is searched, the rest chooses among the hits. */
async function findPlace(location: string, { geocodingUrl }: WeatherServers, signal?: AbortSignal): Promise<Place> {
  const [name = location, ...qualifiers] = location
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
  const query = new URLSearchParams({ name, count: "10", language: "en", format: "json" })
  const { results } = await ask(`${geocodingUrl}/v1/search?${query}`, places, signal)
  const fits = (place: Place) =>
    qualifiers.every((qualifier) =>
      [place.admin1, place.country, place.country_code].some((value) => value && sameName(value, qualifier)),
    )
  const found = results.find(fits) ?? results[0]
  if (!found)
    throw new WeatherError(
      `No place called “${location}” was found. Check the spelling, or name a larger place nearby.`,
    )
  return found
}

const ALIASES: Record<string, string> = {
  usa: "united states",
  us: "united states",
  uk: "united kingdom",
  uae: "united arab emirates",
}
const plain = (name: string) => {
  const folded = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(".", "").trim()
  return ALIASES[folded] ?? folded
}
const sameName = (a: string, b: string) => plain(a) === plain(b)

/** One question to a service, asked again once when it was only busy. Redirects are not followed. */
async function ask<T>(url: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  const first = await send(url, signal)
  const response = RETRYABLE.has(first.status) ? await send(url, signal) : first
  const body = await readLimited(response)
  if (!response.ok)
    throw new WeatherError(
      `The weather service refused the request (${response.status}${reasonOf(body)}). Try again later.`,
    )
  const parsed = schema.safeParse(parseJson(body))
  if (!parsed.success) throw new WeatherError("The weather service sent an answer that can't be read. Try again later.")
  return parsed.data
}

async function send(url: string, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    return await fetch(url, { redirect: "error", signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new WeatherError(
      timeout.aborted
        ? "The weather service did not answer in time. Try again later."
        : "The weather service can't be reached. Try again later.",
      { cause },
    )
  }
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (text.length > MAX_BYTES) throw new WeatherError("The weather service sent far too much. Try again later.")
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(body: string): string {
  const parsed = z.object({ reason: z.string() }).safeParse(parseJson(body))
  return parsed.success ? `: ${parsed.data.reason.slice(0, 200)}` : ""
}

const HOURS = 24

function toOutput(place: Place, { current, hourly, daily }: Forecast): WeatherOutput {
  // The hour that is running: times are local ISO strings, so they compare as text.
  const running = hourly.time.findLastIndex((time) => time <= current.time)
  const from = Math.max(0, running)
  return {
    place: {
      name: place.name,
      region: place.admin1 ?? null,
      country: place.country ?? null,
      latitude: place.latitude,
      longitude: place.longitude,
      timezone: place.timezone,
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
