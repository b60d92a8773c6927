import { onDatabase } from "@/lib/db/databases.fixture"
import { searchCases } from "@/lib/search/search.cases"
import { searchFoundCases } from "@/lib/search/search-found.cases"
import { searchPlaceCases } from "@/lib/search/search-place.cases"

onDatabase([searchFoundCases, searchCases, searchPlaceCases])
