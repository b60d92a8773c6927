import { mapCases } from "@/lib/chat/map/map.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([mapCases])
