import { afterEach, expect, test } from "vitest"
import { type OpenMeteoOptions, type OpenMeteoServer, startOpenMeteo } from "@/e2e/support/open-meteo"
import { getWeather } from "@/lib/ai/tools/get_weather/tool"
import { weatherOutput } from "@/lib/ai/tools/get_weather/types"

const servers: OpenMeteoServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(options: OpenMeteoOptions = {}) {
  const server = await startOpenMeteo({ now: new Date("2026-11-23T08:50:00Z"), slowMs: 60_000, ...options })
  servers.push(server)
  const addresses = { weatherUrl: server.url, geocodingUrl: server.url }
  return {
    requests: server.requests,
    weatherOf: (location: string, signal?: AbortSignal) => getWeather({ location }, addresses, signal),
  }
}

test("current weather, the next 24 hours, and 7 days for a place, in its local time", async () => {
  const { weatherOf } = await start()
  const { place, now, hours, days } = weatherOutput.parse(await weatherOf("San Francisco"))
  expect(place).toMatchObject({ name: "San Francisco", region: "California", timezone: "America/Los_Angeles" })
  // 00:45 local time, the night from Sunday to Monday.
  expect(now).toMatchObject({
    time: "2026-11-23T00:45",
    temperatureC: 12.5,
    feelsLikeC: 10,
    humidityPercent: 71,
    windKmh: 14.4,
    isDay: false,
    conditions: { code: 0, text: "Clear sky" },
  })
  expect(hours).toHaveLength(24)
  expect(hours[0]).toEqual({ time: "2026-11-23T00:00", temperatureC: 12.5, precipitationPercent: 10 })
  expect(days.map(({ date }) => date)).toEqual(Array.from({ length: 7 }, (_, day) => `2026-11-${23 + day}`))
  expect(days[1]).toEqual({
    date: "2026-11-24",
    minC: 10.5,
    maxC: 20.5,
    precipitationPercent: 38,
    conditions: { code: 1, text: "Mainly clear" },
  })
})

test("the hourly forecast starts with the current hour", async () => {
  const { weatherOf } = await start()
  const { now, hours } = await weatherOf("Oslo")
  expect(now.time).toBe("2026-11-23T09:45")
  expect(hours[0]?.time).toBe("2026-11-23T09:00")
  expect(hours.at(-1)?.time).toBe("2026-11-24T08:00")
})

test.each([
  ["Paris", "France"],
  ["Paris, France", "France"],
  ["Paris, FR", "France"],
  ["Paris, ile-de-france", "France"],
  ["Paris, Texas", "Texas"],
  ["Paris, TX, USA", "Texas"],
  ["Paris, USA", "Texas"],
  ["Paris Texas", "Texas"],
  ["Paris United States", "Texas"],
  ["Paris, U.S.", "Texas"],
  ["Springfield, Illinois", "Illinois"],
  ["Springfield, IL", "Illinois"],
  ["Springfield, Massachusetts, United States", "Massachusetts"],
  ["San Francisco, Kalifornien", "California"],
])("“%s” resolves to the one in %s", async (location, where) => {
  const { weatherOf } = await start()
  const { place } = await weatherOf(location)
  expect([place.region, place.country]).toContain(where)
})

test("other places with the same name are listed, unless the query is unambiguous", async () => {
  const { weatherOf } = await start()
  const { place, others } = weatherOutput.parse(await weatherOf("springfield"))
  const regions = others?.map(({ region }) => region)
  expect(others?.every(({ name, country }) => name === "Springfield" && country === "United States")).toBe(true)
  expect([place.region, ...(regions ?? [])].sort()).toEqual(["Illinois", "Massachusetts", "Missouri"])
  expect((await weatherOf("Springfield, IL")).others).toBeUndefined()
  expect((await weatherOf("Oslo")).others).toBeUndefined()
})

test("an unknown place is reported, and no forecast is requested", async () => {
  const { weatherOf, requests } = await start()
  await expect(weatherOf("Nowhereville Nowhere")).rejects.toThrow("No place named “Nowhereville Nowhere” was found.")
  expect(requests.filter((path) => path.startsWith("/v1/forecast"))).toEqual([])
})

test("a request the service rejects is tried twice, and its reason is reported", async () => {
  const { weatherOf, requests } = await start()
  await expect(weatherOf("Refusedville")).rejects.toThrow(
    "The weather service rejected the request (429: Minutely API request limit exceeded. Please try again in one minute.). Try again later.",
  )
  expect(requests.filter((path) => path.startsWith("/v1/forecast"))).toHaveLength(2)
})

test("a service that was busy once is not an error", async () => {
  const { weatherOf } = await start({ answer: (_, count) => (count === 1 ? { status: 503, body: "busy" } : undefined) })
  expect((await weatherOf("Oslo")).place.name).toBe("Oslo")
})

test("an invalid request is not retried", async () => {
  const { weatherOf, requests } = await start({
    answer: () => ({ status: 400, body: '{"error":true,"reason":"No."}' }),
  })
  await expect(weatherOf("Oslo")).rejects.toThrow("(400: No.)")
  expect(requests).toHaveLength(1)
})

test.each([
  ["no JSON", "<html>", "can't be read"],
  ["other JSON", '{"results":[{"name":5}]}', "can't be read"],
  ["too much data", `"${"x".repeat(1_100_000)}"`, "too much data"],
])("a malformed response is reported: %s", async (_, body, sentence) => {
  const { weatherOf } = await start({ answer: () => ({ body }) })
  await expect(weatherOf("Oslo")).rejects.toThrow(sentence)
})

test("a redirect is not followed", async () => {
  const { weatherOf, requests } = await start({
    answer: () => ({ status: 302, headers: { location: "/v1/search?name=Oslo" }, body: "" }),
  })
  await expect(weatherOf("Oslo")).rejects.toThrow("Can't reach")
  expect(requests).toHaveLength(1)
})

test("an unreachable service is reported", async () => {
  const { weatherOf } = await start()
  await servers.pop()?.close()
  await expect(weatherOf("Oslo")).rejects.toThrow("Can't reach the weather service. Try again later.")
})

test("stopping the answer aborts the request immediately", async () => {
  const { weatherOf, requests } = await start()
  const controller = new AbortController()
  const weather = weatherOf("Slowtown", controller.signal)
  await expect.poll(() => requests.length).toBe(2)
  controller.abort()
  await expect(weather).rejects.toMatchObject({ name: "AbortError" })
})
