import { describe, expect, test } from "vitest"
import { timesOf } from "@/lib/ai/tools/current_time/tool"
import { timeOutput } from "@/lib/ai/tools/current_time/types"
import { resolveTimeZone } from "@/lib/ai/tools/current_time/zones"

const NOW = Date.parse("2026-07-01T12:00:00Z")
const localOf = (input: Parameters<typeof timesOf>[0]) => timesOf(input, NOW).places.map(({ local }) => local)

test("clocks in several places at the same instant", () => {
  const output = timesOf({ zones: ["Europe/Berlin", "New York", "Tokyo", "Kathmandu", "UTC"] }, NOW)
  expect(timeOutput.parse(output)).toEqual(output)
  expect(output.instant).toBe("2026-07-01T12:00:00.000Z")
  expect(output.places.map(({ zone, local, offset, daylightSaving }) => [zone, local, offset, daylightSaving])).toEqual(
    [
      ["Europe/Berlin", "2026-07-01T14:00:00", "+02:00", true],
      ["America/New_York", "2026-07-01T08:00:00", "-04:00", true],
      ["Asia/Tokyo", "2026-07-01T21:00:00", "+09:00", false],
      [expect.stringMatching(/^Asia\/Kat[h]?mandu$/), "2026-07-01T17:45:00", "+05:45", false],
      ["UTC", "2026-07-01T12:00:00", "+00:00", false],
    ],
  )
  expect(output.places[0]?.weekday).toBe("Wednesday")
})

test("in the southern hemisphere, daylight saving time is in January", () => {
  const [sydney] = timesOf({ zones: ["Sydney"], at: "2026-01-15T12:00" }, NOW).places
  expect(sydney).toMatchObject({ offset: "+11:00", daylightSaving: true })
})

describe("conversions", () => {
  test("from one zone to another, across midnight", () => {
    expect(localOf({ zones: ["Tokyo", "Los Angeles"], at: "2026-12-24T18:00", from: "Berlin" })).toEqual([
      "2026-12-25T02:00:00",
      "2026-12-24T09:00:00",
    ])
  })

  test("in the weeks when only one side of the Atlantic has changed its clocks", () => {
    expect(localOf({ zones: ["New York"], at: "2026-03-20T15:00", from: "Berlin" })).toEqual(["2026-03-20T10:00:00"])
    expect(localOf({ zones: ["New York"], at: "2026-04-20T15:00", from: "Berlin" })).toEqual(["2026-04-20T09:00:00"])
  })

  test("a time skipped by the clock becomes the one after the jump, and that is reported", () => {
    const output = timesOf({ zones: ["Berlin", "UTC"], at: "2026-03-29T02:30" }, NOW)
    expect(output.places.map(({ local }) => local)).toEqual(["2026-03-29T03:30:00", "2026-03-29T01:30:00"])
    expect(output.note).toBe("skipped")
  })

  test("a time that occurs twice is the first one, and that is reported", () => {
    const output = timesOf({ zones: ["Berlin", "UTC"], at: "2026-10-25T02:30" }, NOW)
    expect(output.places.map(({ local }) => local)).toEqual(["2026-10-25T02:30:00", "2026-10-25T00:30:00"])
    expect(output.note).toBe("twice")
  })

  test("the same on Lord Howe Island, whose clocks move by half an hour", () => {
    expect(timesOf({ zones: ["Australia/Lord_Howe"], at: "2026-10-04T02:15" }, NOW)).toMatchObject({ note: "skipped" })
    expect(timesOf({ zones: ["Australia/Lord_Howe"], at: "2026-04-05T01:45" }, NOW)).toMatchObject({ note: "twice" })
  })

  test("a day skipped by a zone", () => {
    expect(timesOf({ zones: ["Pacific/Apia"], at: "2011-12-30T12:00" }, NOW).note).toBe("skipped")
  })

  test.each([
    ["2026-07-01T14:00+02:00", "2026-07-01T12:00:00.000Z"],
    ["2026-07-01 14:00", "2026-07-01T12:00:00.000Z"],
    ["2026-07-01", "2026-06-30T22:00:00.000Z"],
    ["2026-07-01T12:00:00Z", "2026-07-01T12:00:00.000Z"],
  ])("%s is parsed", (at, instant) => {
    expect(timesOf({ zones: ["Berlin"], at }, NOW).instant).toBe(instant)
  })

  test.each(["tomorrow", "2026-02-30T10:00", "2026-13-01", "25:00", "2026-07-01T25:00"])(
    "%s is not a valid time",
    (at) => {
      expect(() => timesOf({ zones: ["Berlin"], at }, NOW)).toThrow(/can't be read/)
    },
  )
})

describe("zones", () => {
  test.each([
    ["münchen", "Europe/Berlin"],
    ["San Francisco, California", "America/Los_Angeles"],
    ["buenos aires", "America/Argentina/Buenos_Aires"],
    ["São Paulo", "America/Sao_Paulo"],
    ["europe/paris", "Europe/Paris"],
    ["UTC", "UTC"],
    ["Atlantis", null],
    ["IST", null],
    ["Mars/Olympus", null],
  ])("%s is %s", (name, zone) => {
    expect(resolveTimeZone(name)).toBe(zone)
  })

  test("an unknown time zone is an error", () => {
    expect(() => timesOf({ zones: ["Atlantis"] }, NOW)).toThrow("No time zone named “Atlantis” was found.")
  })
})
