// The list of the user's tokens.
const rows = document.querySelector('#rows');
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export function clear() {
  rows.replaceChildren();
}

/** Returns how many tokens are shown. */
export function shown() {
  return rows.childElementCount;
}

/** Adds a page of the list; `onRevoke` is called with a token that the user wants to revoke. */
export function add({ tokens, total }, onRevoke) {
  rows.append(...tokens.map(token => row(token, onRevoke)));
  document.querySelector('#empty').hidden = shown() > 0;
  document.querySelector('#table').hidden = shown() === 0;
  document.querySelector('#rest').hidden = shown() >= total;
  document.querySelector('#count').textContent = `${shown()} of ${total} tokens`;
}

function row(token, onRevoke) {
  const row = document.createElement('tr');
  const name = cell(token.name, 'th');
  name.scope = 'row';
  const prefix = cell('');
  prefix.append(Object.assign(document.createElement('code'), { textContent: `qh_${token.prefix}` }));
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Revoke' });
  button.setAttribute('aria-label', `Revoke ${token.name}`);
  button.addEventListener('click', () => onRevoke(token));
  const action = cell('');
  action.append(button);
  row.append(name, prefix, permissions(token), cell(expiry(token)), cell(day(token.lastUsedAt)), action);
  return row;
}

/** The scopes and, if the token can only be used from certain networks, these. */
function permissions({ scopes, allowedNetworks }) {
  const permissions = cell(scopes.join(', '));
  if (allowedNetworks) {
    const text = `Only from ${allowedNetworks.join(', ')}`;
    permissions.append(Object.assign(document.createElement('small'), { textContent: text }));
  }
  return permissions;
}

function expiry({ status, expiresAt }) {
  return status === 'expired' ? `Expired on ${day(expiresAt)}` : day(expiresAt);
}

function day(time) {
  return time ? date.format(new Date(time)) : 'Never';
}

function cell(text, kind = 'td') {
  return Object.assign(document.createElement(kind), { textContent: text });
}
