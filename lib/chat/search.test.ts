import { searchCases } from "@/lib/chat/search.cases"
import { searchFoundCases } from "@/lib/chat/search-found.cases"
import { searchPlaceCases } from "@/lib/chat/search-place.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([searchFoundCases, searchCases, searchPlaceCases])
