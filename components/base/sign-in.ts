/** Goes to the sign-in page and returns here afterwards, where the draft is kept. */
export function redirectToSignIn(): void {
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?to=${encodeURIComponent(pathname + search)}`)
}
