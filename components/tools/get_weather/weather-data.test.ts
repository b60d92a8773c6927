import { createTranslator } from "next-intl"
import { describe, expect, it } from "vitest"
import { defaultUnits, degrees, speed } from "@/components/tools/get_weather/units"
import {
  clock,
  dayName,
  describeHours,
  extremes,
  skyFromWmoCode,
  smoothPath,
  temperaturePoints,
} from "@/components/tools/get_weather/weather-data"
import messages from "@/lib/i18n/en.json"

const hours = [8, 6, 12, 15, 15].map((temperatureC, index) => ({
  time: `2026-11-23T${String(9 + index).padStart(2, "0")}:00`,
  temperatureC,
  precipitationPercent: index === 2 ? 60 : null,
}))
const box = { width: 500, top: 20, bottom: 80 }

describe("weather chart", () => {
  it("puts the maximum at the top and the minimum at the bottom, each hour centered in its slot", () => {
    const points = temperaturePoints(hours, box)
    expect(points.map(({ x }) => x)).toEqual([50, 150, 250, 350, 450])
    expect(points[1]?.y).toBe(80)
    expect(points[3]?.y).toBe(20)
  })

  it("draws a constant day as a line in the middle", () => {
    const flat = hours.map((hour) => ({ ...hour, temperatureC: 5 }))
    expect(new Set(temperaturePoints(flat, box).map(({ y }) => y))).toEqual(new Set([50]))
  })

  it("never exceeds the range of its points", () => {
    expect(
      smoothPath([
        { x: 0, y: 10 },
        { x: 10, y: 30 },
      ]),
    ).toBe("M0,10C5,10 5,30 10,30")
    expect(smoothPath([])).toBe("")
  })

  it("finds the first warmest and coldest hour", () => {
    expect(extremes(hours)).toEqual({ warmest: 3, coldest: 1 })
  })

  it("has a text description", () => {
    const t = createTranslator({ locale: "en", messages, namespace: "weather" })
    expect(describeHours(hours, "metric", "en-GB", t)).toBe(
      "Next 5 hours: low 6° at 10:00, high 15° at 12:00. Rain likely in 1 of 5 hours, starting at 11:00.",
    )
    expect(describeHours(hours, "us", "en-US", t)).toContain("low 43° at 10:00 AM, high 59° at 12:00 PM")
    expect(describeHours([], "metric", "en-US", t)).toBe("No hourly forecast.")
  })
})

describe("units", () => {
  it("depend on the user's country", () => {
    const locales = ["en", "en-US", "es-US", "en-GB", "en-CA", "de", "de-AT", "fr"]
    expect(locales.filter((locale) => defaultUnits(locale) === "us")).toEqual(["en", "en-US", "es-US"])
  })

  it("are degrees Fahrenheit and miles per hour, or Celsius and kilometers", () => {
    expect([-40, 0, 100].map((celsius) => degrees(celsius, "us"))).toEqual(["-40°", "32°", "212°"])
    expect(degrees(-17.9, "us")).toBe("0°")
    expect([speed(16.1, "us", "en-US"), speed(16.1, "metric", "en-GB")]).toEqual(["10 mph", "16 km/h"])
  })
})

describe("formatted values", () => {
  it("have no negative zero", () => {
    expect([-0.3, -4.6, 21.5].map((celsius) => degrees(celsius, "metric"))).toEqual(["0°", "-5°", "22°"])
  })

  it("use the location's local time and date", () => {
    expect(["de", "en-GB", "en-US"].map((locale) => clock("2026-11-23T14:00", locale))).toEqual([
      "14:00",
      "14:00",
      "2:00 PM",
    ])
    expect([dayName("2026-11-24", "en"), dayName("2026-11-24", "de")]).toEqual(["Tue", "Di"])
  })

  it("cover every weather code documented by Open-Meteo", () => {
    const skies = [0, 1, 2, 3, 45, 48, 51, 57, 61, 67, 71, 77, 80, 82, 85, 86, 95, 99].map(skyFromWmoCode)
    expect(skies).toEqual([
      ...["clear", "clear", "partly", "cloudy", "fog", "fog", "drizzle", "drizzle", "rain", "rain"],
      ...["snow", "snow", "rain", "rain", "snow", "snow", "storm", "storm"],
    ])
  })
})
