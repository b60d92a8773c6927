import { onPostgres } from "@/lib/db/databases.fixture"
import { storedTriesCases } from "@/lib/throttle/tries.cases"

await onPostgres([storedTriesCases])
