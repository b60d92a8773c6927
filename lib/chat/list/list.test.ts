import { listCases } from "@/lib/chat/list/list.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([listCases])
