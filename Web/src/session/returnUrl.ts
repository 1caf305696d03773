const MOST = 1000;

/** Where the sign-in leads back to: this address, or its path alone where the Api would refuse the rest. */
export function returnUrl({ pathname, search }: { pathname: string; search: string }): string {
  // What a failed sign-in left in the address is not to come back.
  const whole = pathname + (search.startsWith('?signin=') ? '' : search);
  return whole.length <= MOST && isPlain(whole) ? whole : isPlain(pathname) ? pathname : '/';
}

// As the Api reads it: nothing that anybody could take for another site or a control character, decoded or not.
function isPlain(text: string): boolean {
  let reading = text;
  for (let round = 0; round < 4; round += 1) {
    if (/\/\/|\\|\s|\p{Cc}/u.test(reading)) {
      return false;
    }
    try {
      reading = decodeURIComponent(reading);
    } catch {
      return true;
    }
  }
  return true;
}
