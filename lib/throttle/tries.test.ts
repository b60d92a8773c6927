import { onDatabase } from "@/lib/db/databases.fixture"
import { memoryTries } from "@/lib/throttle/tries"
import { storedTriesCases, triesCases } from "@/lib/throttle/tries.cases"

triesCases("in memory", memoryTries("cases"))
onDatabase([storedTriesCases])
