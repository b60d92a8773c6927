import { type AuthContext, authResponse } from "@/lib/auth/door"
import { route } from "@/lib/http/route"

const handler = route<AuthContext>(authResponse)

export { handler as GET, handler as POST }
