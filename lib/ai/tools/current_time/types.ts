import { z } from "zod"

export const timeInput = z.object({
  zones: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .max(12)
    .describe("IANA time zones or large cities: `Europe/Berlin`, `Tokyo`, `UTC`"),
  at: z
    .string()
    .trim()
    .max(40)
    .optional()
    .describe("A time to convert, if it isn't now: `2026-12-24T18:00`, in the time zone `from`, or with an offset"),
  from: z.string().trim().min(1).max(60).optional().describe("Time zone of `at`; the first of `zones` by default"),
})

const place = z.object({
  /** The name as requested, and the IANA name of its time zone. */
  name: z.string(),
  zone: z.string(),
  /** Local time: `2026-12-24T18:00:00`. */
  local: z.string(),
  weekday: z.string(),
  /** `+01:00`. */
  offset: z.string(),
  /** True if the zone has another standard time in the same year, and the clock is ahead of it. */
  daylightSaving: z.boolean(),
})

export const timeOutput = z.object({
  /** ISO, UTC. */
  instant: z.string(),
  places: z.array(place).min(1),
  /** `at` doesn't exist there because clocks went forward, or exists twice; tells which instant was used. */
  note: z.enum(["skipped", "twice"]).nullable(),
})

export type TimeInput = z.infer<typeof timeInput>
export type TimeOutput = z.infer<typeof timeOutput>
