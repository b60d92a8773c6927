/** Time zones by the names that people use. */

const plain = (name: string) =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[_-]/g, " ")
    .replace(/\s*,.*$/, "")
    .trim()

/** Large cities that no time zone is named after, and unambiguous zone abbreviations. */
const CITIES: Record<string, string[]> = {
  "America/New_York": [
    "new york city",
    "nyc",
    "boston",
    "washington",
    "washington dc",
    "miami",
    "atlanta",
    "philadelphia",
    "eastern time",
  ],
  "America/Chicago": ["houston", "dallas", "austin", "new orleans", "central time"],
  "America/Denver": ["salt lake city", "mountain time"],
  "America/Los_Angeles": [
    "san francisco",
    "seattle",
    "san diego",
    "las vegas",
    "portland",
    "silicon valley",
    "pacific time",
  ],
  "America/Toronto": ["montreal", "ottawa"],
  "America/Sao_Paulo": ["rio de janeiro", "rio", "brasilia"],
  "America/Argentina/Buenos_Aires": ["buenos aires"],
  "Europe/Berlin": [
    "munich",
    "munchen",
    "hamburg",
    "frankfurt",
    "cologne",
    "koln",
    "stuttgart",
    "germany",
    "deutschland",
    "cet",
    "cest",
    "mez",
    "mesz",
  ],
  "Europe/Zurich": ["geneva", "genf", "basel", "bern"],
  "Europe/Rome": ["rom", "milan", "mailand", "naples"],
  "Europe/Vienna": ["wien"],
  "Europe/Madrid": ["barcelona"],
  "Europe/Paris": ["lyon", "marseille", "france"],
  "Europe/London": ["edinburgh", "manchester", "uk", "england", "gmt"],
  "Europe/Moscow": ["moskau", "saint petersburg"],
  "Europe/Lisbon": ["lissabon", "porto"],
  "Europe/Warsaw": ["warschau", "krakow"],
  "Europe/Prague": ["prag"],
  "Europe/Copenhagen": ["kopenhagen"],
  "Europe/Istanbul": ["ankara"],
  "Asia/Tokyo": ["tokio", "osaka", "kyoto", "japan", "jst"],
  "Asia/Shanghai": ["beijing", "peking", "shenzhen", "guangzhou", "china"],
  "Asia/Kolkata": [
    "mumbai",
    "delhi",
    "new delhi",
    "bangalore",
    "bengaluru",
    "chennai",
    "hyderabad",
    "india",
    "kolkata",
  ],
  "Asia/Singapore": ["singapur"],
  "Asia/Kathmandu": ["kathmandu"],
  "Asia/Yangon": ["yangon"],
  "Europe/Kyiv": ["kyiv", "kiew"],
  "Asia/Dubai": ["abu dhabi"],
  "Asia/Ho_Chi_Minh": ["hanoi", "saigon"],
  "Australia/Sydney": ["canberra"],
  "Africa/Cairo": ["kairo"],
  "Africa/Johannesburg": ["cape town", "kapstadt", "pretoria"],
  "Pacific/Auckland": ["wellington", "new zealand"],
  "Pacific/Honolulu": ["hawaii"],
  UTC: ["utc", "zulu", "z"],
}

let named: Map<string, string> | undefined
function names(): Map<string, string> {
  named ??= new Map([
    ...Intl.supportedValuesOf("timeZone").map((zone): [string, string] => [
      plain(zone.split("/").at(-1) ?? zone),
      zone,
    ]),
    ...Object.entries(CITIES).flatMap(([zone, cities]) => cities.map((city): [string, string] => [city, zone])),
  ])
  return named
}

/** The IANA name; null if nothing has this name. */
export function resolveTimeZone(name: string): string | null {
  const city = names().get(plain(name))
  if (city) return city
  // Names without a slash include ambiguous abbreviations that `Intl` accepts.
  if (!name.includes("/")) return null
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}
