/** Same as `search.test.ts`, on PostgreSQL if it is reachable. */

import { onPostgres } from "@/lib/db/databases.fixture"
import { searchCases } from "@/lib/search/search.cases"
import { searchFoundCases } from "@/lib/search/search-found.cases"
import { searchPlaceCases } from "@/lib/search/search-place.cases"

await onPostgres([searchFoundCases, searchCases, searchPlaceCases])
