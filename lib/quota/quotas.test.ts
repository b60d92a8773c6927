import { setUp } from "@/lib/generation/generation.fixture"
import { quotaCases } from "@/lib/quota/quotas.cases"

setUp({ MAX_RUNNING_PER_USER: "1000" })

quotaCases()
