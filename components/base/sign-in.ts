/** Leads to where people sign in, and back here afterwards, where the draft still is. */
export function goSignIn(): void {
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search)}`)
}
