import { onDatabase } from "@/lib/db/databases.fixture"
import { schemaCases } from "@/lib/schemas/schemas.cases"

onDatabase([schemaCases])
