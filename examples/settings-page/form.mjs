// The form for a new token.
const DAY = 86_400_000;
const form = document.querySelector('#form');
const scopes = document.querySelector('#scopes');
const lifetime = document.querySelector('#lifetime');
const organization = document.querySelector('#organization');
let latestExpiry;
scopes.addEventListener('change', requireScope);
form.addEventListener('reset', () => setTimeout(requireScope)); // after the reset

/** Offers what the realm's policy allows. */
export function offer(policy) {
  latestExpiry = policy.latestExpiry && Date.parse(policy.latestExpiry);
  scopes.append(...policy.scopes.map(scopeField));
  requireScope();
  lifetime.append(...lifetimes(policy));
  organization.append(
    ...(policy.organizationRequired ? [] : [new Option('None', '')]),
    ...policy.organizations.map(({ alias, name }) => new Option(name, alias)),
  );
  document.querySelector('#organization-field').hidden = policy.organizations.length === 0;
}

function scopeField({ name, text }) {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox', name: 'scope', value: name });
  label.append(box, text ? `${name}: ${text}` : name);
  return label;
}

function lifetimes({ maxLifetimeDays, defaultLifetimeDays }) {
  const most = maxLifetimeDays ?? Infinity;
  const preselected = defaultLifetimeDays ?? Math.min(30, most);
  const days = new Set([7, 30, 90, 365, preselected, maxLifetimeDays].filter(n => n && n <= most));
  const options = [...days]
    .sort((a, b) => a - b)
    .map(n => new Option(n === 1 ? 'In 1 day' : `In ${n} days`, n, n === preselected, n === preselected));
  return maxLifetimeDays ? options : [...options, new Option('Never', '')];
}

/** Makes the browser ask for a scope if none is chosen. */
function requireScope() {
  const first = scopes.querySelector('input');
  first?.setCustomValidity(scopes.querySelector(':checked') ? '' : 'Select at least one scope.');
}

/** Returns what the user has entered. It contains no secret. */
export function draft() {
  const data = new FormData(form);
  return {
    name: data.get('name'),
    scopes: data.getAll('scope'),
    lifetime: data.get('lifetime'),
    organization: data.get('organization'),
  };
}

export function restore(entered) {
  form.elements.name.value = entered.name;
  lifetime.value = entered.lifetime;
  organization.value = entered.organization;
  for (const box of scopes.querySelectorAll('input')) {
    box.checked = entered.scopes.includes(box.value);
  }
  requireScope();
}

/** Returns the body of the request that creates the token. */
export function request() {
  const { name, scopes, lifetime, organization } = draft();
  const expiry = lifetime && Math.min(Date.now() + lifetime * DAY, latestExpiry ?? Infinity);
  return {
    name,
    scopes,
    expiresAt: expiry ? new Date(expiry).toISOString() : null,
    ...(organization && { organization }),
  };
}
