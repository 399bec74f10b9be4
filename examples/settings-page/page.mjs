// The settings page: signs the user in, and creates, lists and revokes API tokens.
import * as api from './api.mjs';
import * as form from './form.mjs';
import * as list from './list.mjs';
import { explain } from './problems.mjs';
import { signIn, signInAgain, signOut, takeDraft } from './session.mjs';

const element = id => document.getElementById(id);
let key = crypto.randomUUID();

/** Runs an action, while its button is disabled if it has one; shows what went wrong. */
async function attempt(action, button = {}) {
  button.disabled = true;
  element('problem').replaceChildren();
  element('done').textContent = '';
  try {
    await action();
  } catch (error) {
    showProblem(await explain(error));
  } finally {
    button.disabled = false;
  }
}

function showProblem({ text, signIn, maxAge }) {
  element('problem').append(text);
  if (signIn) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Sign in again' });
    button.addEventListener('click', () => signInAgain(maxAge, element('creation').hidden ? null : form.draft()));
    element('problem').append(' ', button);
  }
  element('problem').scrollIntoView({ block: 'nearest' });
}

async function showMore() {
  list.add(await api.list(list.shown()), revoke);
}

async function showList() {
  const first = await api.list(0);
  list.clear();
  list.add(first, revoke);
}

async function create() {
  let created;
  try {
    created = await api.create(form.request(), key);
  } catch (error) {
    // If the response is lost, trying again with the same key does not create another token.
    key = error instanceof api.ApiError ? crypto.randomUUID() : key;
    if (error.status === 409) {
      await showList();
    }
    throw error;
  }
  key = crypto.randomUUID();
  element('form').reset();
  showToken(created.token);
  await showList();
}

/** Shows the token instead of the form, so that the next token does not replace one that has not been copied. */
function showToken(token) {
  element('token').textContent = token;
  element('new-token').hidden = false;
  element('creation').hidden = true;
  element('new-token-title').focus();
}

function hideToken() {
  if (element('token').textContent) {
    element('token').textContent = '';
    element('new-token').hidden = true;
    element('creation').hidden = false;
  }
}

async function copyToken() {
  try {
    await navigator.clipboard.writeText(element('token').textContent);
    element('done').textContent = 'The token is in the clipboard.';
  } catch {
    getSelection().selectAllChildren(element('token'));
    element('done').textContent = 'The token is selected. Copy it with your keyboard.';
  }
}

function revoke(token) {
  const dialog = element('revocation');
  element('revocation-title').textContent = `Revoke ${token.name}?`;
  dialog.returnValue = '';
  dialog.addEventListener('close', () => dialog.returnValue === 'revoke' && confirmRevocation(token), { once: true });
  dialog.showModal();
}

function confirmRevocation(token) {
  return attempt(async () => {
    await api.revoke(token.id);
    await showList();
    element('done').textContent = `${token.name} is revoked.`;
    element('list-title').focus();
  });
}

async function start() {
  element('user').textContent = await signIn();
  element('sign-out').hidden = false;
  await showList();
  element('list').hidden = false;
  const policy = await api.policy();
  if (!policy.mayCreate) {
    element('done').textContent = 'On this page, you can view and revoke your tokens, but not create any.';
    return;
  }
  form.offer(policy);
  element('creation').hidden = false;
  const draft = takeDraft();
  if (draft) {
    form.restore(draft);
  }
}

element('sign-out').addEventListener('click', signOut);
element('copy').addEventListener('click', copyToken);
element('close').addEventListener('click', () => {
  hideToken();
  element('name').focus();
});
element('more').addEventListener('click', event => attempt(showMore, event.currentTarget));
element('form').addEventListener('submit', event => {
  event.preventDefault();
  attempt(create, event.submitter);
});
addEventListener('pagehide', hideToken); // the browser may keep the page to go back to it
attempt(start);
