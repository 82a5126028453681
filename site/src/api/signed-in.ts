// Whether somebody is signed in on this device, as far as it is known: so that pages which ask nobody can say “Open”
// instead of “Sign in” from their first paint. It opens nothing; where it is wrong, the next page says so.
const NAME = 'riwaq:signed-in'

type Store = Pick<Storage, 'setItem' | 'removeItem'>

export function rememberSignedIn(store?: Store): void {
  try {
    ;(store ?? localStorage).setItem(NAME, '1')
  } catch {
    // Storage is refused: the header then says what it says to everybody.
  }
}

export function forgetSignedIn(store?: Store): void {
  try {
    ;(store ?? localStorage).removeItem(NAME)
  } catch {
    // As above.
  }
}
