/** Finds the place a model means (“Springfield, IL”, “Paris France”). */
import { z } from "zod"
import { ToolError } from "@/lib/ai/tools/define"
import { ask } from "@/lib/ai/tools/get_weather/request"
import { sentence } from "@/lib/i18n/sentences"

const places = z.object({
  results: z
    .array(
      z.object({
        name: z.string(),
        latitude: z.number(),
        longitude: z.number(),
        country: z.string().optional(),
        country_code: z.string().optional(),
        admin1: z.string().optional(),
      }),
    )
    .default([]),
})
export type Place = z.infer<typeof places>["results"][number]

export interface Found {
  place: Place
  /** Others of the same name, if nothing distinguishes them; largest first. */
  others: Place[]
}

const MAX_OTHERS = 4

/**
 * Searches for the part before the first comma; the rest selects among the hits. Without a comma, the last words are
 * tried as region or country if nothing has the whole name. Throws `ToolError`.
 */
export async function findPlace(location: string, geocodingUrl: string, signal?: AbortSignal): Promise<Found> {
  const [name = location, ...qualifiers] = location
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
  const all = await search(name, geocodingUrl, signal)
  const found = bestOf(all, qualifiers)
  if (found) return { place: found, others: qualifiers.length > 0 ? [] : namesakesOf(found, all) }
  const words = name.split(/\s+/)
  for (const length of [words.length - 1, words.length - 2].filter((count) => count > 0)) {
    const qualifier = words.slice(length).join(" ")
    const hits = await search(words.slice(0, length).join(" "), geocodingUrl, signal)
    const hit = bestOf(
      hits.filter((place) => fits(place, qualifier)),
      qualifiers,
    )
    if (hit) return { place: hit, others: [] }
  }
  throw new ToolError(sentence("weather:no_place", { place: location }))
}

/** Others of the same name, one per region. */
function namesakesOf(place: Place, hits: Place[]): Place[] {
  const regionOf = ({ admin1, country }: Place) => `${admin1} ${country}`
  const seen = new Set([regionOf(place)])
  const others = hits.filter((hit) => {
    if (plain(hit.name) !== plain(place.name) || seen.has(regionOf(hit))) return false
    seen.add(regionOf(hit))
    return true
  })
  return others.slice(0, MAX_OTHERS)
}

/** Hits, most likely first. */
async function search(name: string, geocodingUrl: string, signal?: AbortSignal): Promise<Place[]> {
  const query = new URLSearchParams({ name, count: "20", language: "en", format: "json" })
  return (await ask(`${geocodingUrl}/v1/search?${query}`, places, signal)).results
}

/** The first hit that matches the most qualifiers. A region in another language matches none and does no harm. */
function bestOf(hits: Place[], qualifiers: string[]): Place | undefined {
  const score = (place: Place) => qualifiers.filter((qualifier) => fits(place, qualifier)).length
  const best = Math.max(...hits.map(score))
  return hits.find((place) => score(place) === best)
}

function fits({ admin1, country, country_code }: Place, qualifier: string): boolean {
  const wanted = plain(qualifier)
  const regions = REGIONS[country_code ?? ""] ?? {}
  return [
    [admin1, country, country_code].some((known) => known !== undefined && plain(known) === wanted),
    COUNTRIES[wanted] !== undefined && COUNTRIES[wanted] === country_code,
    regions[wanted.toUpperCase()] !== undefined && regions[wanted.toUpperCase()] === admin1,
  ].some(Boolean)
}

/** Lowercase, without accents and dots: “Île-de-France” becomes “ile-de-france”, “U.S.A.” becomes “usa”. */
const plain = (name: string) =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(".", "").replace(/^the /, "").trim()

/** Common country names that are neither the service's name nor the ISO code. */
const COUNTRIES: Record<string, string> = {
  usa: "US",
  america: "US",
  "united states of america": "US",
  uk: "GB",
  "great britain": "GB",
  britain: "GB",
  uae: "AE",
  holland: "NL",
  "czech republic": "CZ",
}

/** Postal abbreviations (USPS Publication 28, Canada Post), as English speakers write them after a city. */
const REGIONS: Record<string, Record<string, string>> = {
  US: {
    AL: "Alabama",
    AK: "Alaska",
    AZ: "Arizona",
    AR: "Arkansas",
    CA: "California",
    CO: "Colorado",
    CT: "Connecticut",
    DE: "Delaware",
    DC: "District of Columbia",
    FL: "Florida",
    GA: "Georgia",
    HI: "Hawaii",
    ID: "Idaho",
    IL: "Illinois",
    IN: "Indiana",
    IA: "Iowa",
    KS: "Kansas",
    KY: "Kentucky",
    LA: "Louisiana",
    ME: "Maine",
    MD: "Maryland",
    MA: "Massachusetts",
    MI: "Michigan",
    MN: "Minnesota",
    MS: "Mississippi",
    MO: "Missouri",
    MT: "Montana",
    NE: "Nebraska",
    NV: "Nevada",
    NH: "New Hampshire",
    NJ: "New Jersey",
    NM: "New Mexico",
    NY: "New York",
    NC: "North Carolina",
    ND: "North Dakota",
    OH: "Ohio",
    OK: "Oklahoma",
    OR: "Oregon",
    PA: "Pennsylvania",
    RI: "Rhode Island",
    SC: "South Carolina",
    SD: "South Dakota",
    TN: "Tennessee",
    TX: "Texas",
    UT: "Utah",
    VT: "Vermont",
    VA: "Virginia",
    WA: "Washington",
    WV: "West Virginia",
    WI: "Wisconsin",
    WY: "Wyoming",
  },
  CA: {
    AB: "Alberta",
    BC: "British Columbia",
    MB: "Manitoba",
    NB: "New Brunswick",
    NL: "Newfoundland and Labrador",
    NS: "Nova Scotia",
    NT: "Northwest Territories",
    NU: "Nunavut",
    ON: "Ontario",
    PE: "Prince Edward Island",
    QC: "Quebec",
    SK: "Saskatchewan",
    YT: "Yukon",
  },
}
