import { commandCases } from "@/lib/accounts/command.cases"
import { confirmCases } from "@/lib/accounts/confirm.cases"
import { emailCases } from "@/lib/accounts/email.cases"
import { passwordCases } from "@/lib/accounts/passwords.cases"
import { signInCases } from "@/lib/accounts/sign-in.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([signInCases, confirmCases, passwordCases, emailCases, commandCases])
