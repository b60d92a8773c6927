import { commandCases } from "@/lib/accounts/command.cases"
import { passwordCases } from "@/lib/accounts/passwords.cases"
import { signInCases } from "@/lib/accounts/sign-in.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([signInCases, passwordCases, commandCases])
