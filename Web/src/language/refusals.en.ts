/** What the Api refuses of the app's own pages. What it refuses of dashboards, their package knows. */
export const refusals = {
  'malformed-request': {
    heading: 'That cannot be asked',
    text: 'Check what is filled in: a time must not end before it begins, and keys have letters, digits, - and _.',
  },
  'invalid-entitlements': { heading: 'These entitlements are not in order', text: 'Nothing was saved. Discard your changes and make them again.' },
  'invalid-revocation': {
    heading: 'There is nothing like that to revoke',
    text: 'Check that what is filled in is the id or the key of the kind that is chosen.',
  },
  'invalid-view': { heading: 'This view cannot be kept', text: 'Give it another name, or set fewer filters: what they hold is too long.' },
  'not-found': { heading: 'That is not there', text: 'It may have been removed meanwhile, or it is not yours to see. Check what is filled in.' },
  'would-lock-out': { heading: 'That would lock you out', text: 'Nobody can withdraw their own access. Ask a colleague who may.' },
  'precondition-failed': { heading: 'Somebody else was faster', text: 'It was changed since you opened it, and nothing of yours was saved. Look again.' },
  'cross-site-request': {
    heading: 'The request did not come from this page',
    text: 'Something between this browser and the service has changed it. Reload the page.',
  },
  'too-large': { heading: 'That is too much at once', text: 'Nothing was saved. Make fewer changes at a time.' },
  'audit-unavailable': { heading: 'The audit is away', text: 'Nothing is shown that could not be written down. Try again in a few seconds.' },
  internal: {
    heading: 'Something went wrong',
    text: 'It was written down for those who look after the service. Try again; if it stays so, tell your administrator.',
  },
};
