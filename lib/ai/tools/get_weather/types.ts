import { z } from "zod"

/** The model's input for `get_weather`. */
export const weatherInput = z.object({
  location: z.string().trim().min(1).max(100).describe("City name, e.g. San Francisco or Paris, France"),
})

/** A WMO code 4677 as Open-Meteo reports it, with a description. */
const conditions = z.object({ code: z.number().int(), text: z.string() })

/** The result of `get_weather`: metric units, times as local ISO strings in `timezone`. */
export const weatherOutput = z.object({
  place: z.object({
    name: z.string(),
    region: z.string().nullable(),
    country: z.string().nullable(),
    latitude: z.number(),
    longitude: z.number(),
    timezone: z.string(),
  }),
  now: z.object({
    time: z.string(),
    temperatureC: z.number(),
    feelsLikeC: z.number(),
    humidityPercent: z.number(),
    windKmh: z.number(),
    isDay: z.boolean(),
    conditions,
  }),
  /** The next 24 hours, hourly, for the chart. */
  hours: z.array(z.object({ time: z.string(), temperatureC: z.number(), precipitationPercent: z.number().nullable() })),
  /** Today and the following days, at most 7. */
  days: z.array(
    z.object({
      date: z.string(),
      minC: z.number(),
      maxC: z.number(),
      precipitationPercent: z.number().nullable(),
      conditions,
    }),
  ),
  /** Other places of the same name, if nothing distinguishes them. */
  others: z
    .array(z.object({ name: z.string(), region: z.string().nullable(), country: z.string().nullable() }))
    .max(4)
    .optional(),
  source: z.literal("Open-Meteo"),
})

export type WeatherInput = z.infer<typeof weatherInput>
export type WeatherOutput = z.infer<typeof weatherOutput>
