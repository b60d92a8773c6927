/** The same as `search.test.ts` on PostgreSQL, where one is reachable. */
import { searchCases } from "@/lib/chat/search.cases"
import { searchFoundCases } from "@/lib/chat/search-found.cases"
import { searchPlaceCases } from "@/lib/chat/search-place.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([searchFoundCases, searchCases, searchPlaceCases])
