import { mapCases } from "@/lib/chat/map/map.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([mapCases])
