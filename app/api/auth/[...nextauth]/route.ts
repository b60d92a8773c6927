import { route } from "@/lib/http/route"
import { type AuthContext, authResponse } from "@/lib/sign-in/door"

const handler = route<AuthContext>(authResponse)

export { handler as GET, handler as POST }
