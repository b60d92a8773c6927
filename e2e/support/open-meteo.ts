/**
 * A local Open-Meteo (both services) for tests: a real HTTP server that responds in the same format and rejects the
 * same requests. “Refusedville” has no forecast (429), “Slowtown” has a late one.
 */
import { createServer, type Server } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import { geocodingAnswer, REFUSED, SETTLEMENTS, SLOW, weatherOf } from "@/lib/ai/tools/get_weather/weather.fixture"

export interface OpenMeteoServer {
  /** Origin for both `WEATHER_URL` and `GEOCODING_URL`. */
  url: string
  /** Path and query of every request so far. */
  requests: string[]
  close(): Promise<void>
}

interface Answer {
  status?: number
  headers?: Record<string, string>
  body: string
}

export interface OpenMeteoOptions {
  port?: number
  /** The current time; by default now. */
  now?: Date
  /** Milliseconds before Slowtown's forecast. */
  slowMs?: number
  /** Overrides the regular response if it returns one. `count` is 1 for the first matching request. */
  answer?: (url: URL, count: number) => Answer | undefined
}

/** Starts the server on 127.0.0.1; port 0 uses a free one. */
export async function startOpenMeteo({
  port = 0,
  now,
  slowMs = 1_500,
  answer,
}: OpenMeteoOptions = {}): Promise<OpenMeteoServer> {
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://open-meteo")
    requests.push(`${url.pathname}${url.search}`)
    const {
      status = 200,
      headers,
      body,
    } = answer?.(url, requests.length) ?? (await regularAnswer(url, now ?? new Date(), slowMs))
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(body)
  })
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve))
  return { url: originOf(server), requests, close: () => closeServer(server) }
}

function originOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  return `http://127.0.0.1:${address.port}`
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
}

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) })
const refusal = (reason: string, status = 400) => json({ error: true, reason }, status)

async function regularAnswer(url: URL, now: Date, slowMs: number): Promise<Answer> {
  const query = url.searchParams
  if (url.pathname === "/v1/search") {
    const count = Number(query.get("count") ?? 10)
    if (!(count >= 1 && count <= 100)) return refusal("Parameter count must be between 1 and 100.")
    return json(geocodingAnswer(query.get("name") ?? "", count))
  }
  if (url.pathname !== "/v1/forecast") return refusal("Not Found", 404)
  const place = nearest(Number(query.get("latitude") ?? "none"), Number(query.get("longitude") ?? "none"))
  if (!place) return refusal("Parameter 'latitude' and 'longitude' must have the same number of elements")
  if (place === REFUSED) return refusal("Minutely API request limit exceeded. Please try again in one minute.", 429)
  if (place === SLOW) await wait(slowMs)
  return forecastAnswer(place, query, now)
}

type Settlement = (typeof SETTLEMENTS)[number]

function nearest(latitude: number, longitude: number): Settlement | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined
  const distance = (place: Settlement) => Math.hypot(place.latitude - latitude, place.longitude - longitude)
  return SETTLEMENTS.toSorted((a, b) => distance(a) - distance(b))[0]
}

const UNITS: Record<string, string> = {
  time: "iso8601",
  interval: "seconds",
  is_day: "",
  weather_code: "wmo code",
  wind_speed_10m: "km/h",
  relative_humidity_2m: "%",
  precipitation_probability: "%",
  precipitation_probability_max: "%",
}
const unitsOf = (section: object) => Object.fromEntries(Object.keys(section).map((name) => [name, UNITS[name] ?? "°C"]))

/** Returns only the requested variables and rejects unknown ones, so that a misspelled name is noticed. */
function forecastAnswer(place: Settlement, query: URLSearchParams, now: Date): Answer {
  const local = localTime(now, query.get("timezone") === "auto" ? place.timezone : "UTC")
  const weather = weatherOf(place, local.time)
  const days = Number(query.get("forecast_days") ?? 7)
  const sections: Record<string, unknown> = {}
  for (const [name, known, rows] of [
    ["current", weather.current, 1],
    ["hourly", weather.hourly, days * 24],
    ["daily", weather.daily, days],
  ] as const) {
    const wanted = query.get(name)?.split(",")
    if (!wanted) continue
    const columns = new Map<string, unknown>(Object.entries(known))
    const unknown = wanted.find((variable) => !columns.has(variable))
    if (unknown !== undefined)
      return refusal(`Data corrupted at path ''. Cannot initialize ${name} from invalid String value ${unknown}.`)
    const times = name === "current" ? { time: local.time, interval: 900 } : { time: columns.get("time") }
    const section = { ...times, ...Object.fromEntries(wanted.map((variable) => [variable, columns.get(variable)])) }
    sections[`${name}_units`] = unitsOf(section)
    sections[name] = Object.fromEntries(
      Object.entries(section).map(([key, value]) => [key, Array.isArray(value) ? value.slice(0, rows) : value]),
    )
  }
  return json({
    // The center of the grid cell, not the place itself.
    latitude: Math.round(place.latitude * 50) / 50,
    longitude: Math.round(place.longitude * 50) / 50,
    generationtime_ms: 0.2,
    utc_offset_seconds: local.offsetSeconds,
    timezone: local.timeZone,
    timezone_abbreviation: local.abbreviation,
    elevation: place.elevation,
    ...sections,
  })
}

function localTime(now: Date, timeZone: string) {
  const [, sign, hours = "0", minutes = "0"] =
    /GMT([+-])(\d+):(\d+)/.exec(new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).format(now)) ??
    []
  const offsetSeconds = (sign === "-" ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60)
  const quarter = 900_000
  const local = new Date(Math.floor(now.getTime() / quarter) * quarter + offsetSeconds * 1_000)
  return {
    timeZone: timeZone === "UTC" ? "GMT" : timeZone,
    abbreviation: offsetSeconds === 0 ? "GMT" : `GMT${sign}${Number(hours)}`,
    offsetSeconds,
    time: local.toISOString().slice(0, 16),
  }
}
