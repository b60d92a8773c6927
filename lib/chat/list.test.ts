import { listCases } from "@/lib/chat/list.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([listCases])
